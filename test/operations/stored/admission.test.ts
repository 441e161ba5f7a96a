import t from 'tap'
import { createCongruent, createCueGo, type CheckInput, type Report } from '../../../src/index.ts'
import type { Data } from '../../../src/model/data.ts'
import { exactJson } from '../../../src/model/exact-json.ts'
import type { Revision } from '../../../src/model/revision.ts'
import type { StoredSnapshot } from '../../../src/model/stored-snapshot.ts'
import { admission, type AdmitInput } from '../../../src/operations/stored/admission/admit.ts'
import type { AdmissionReview } from '../../../src/kubernetes/admission-review.ts'
import { memorySource } from '../../support/memory-source.ts'

const congruent = createCongruent({ engine: () => createCueGo(), clock: () => new Date(0) })
t.teardown(() => congruent.close())

const fragments = {
  'congruent.yaml': `workspace: plant
teams: { sre: { fragments: [./sre], owns: [namespaces] } }
observations: [{ files: [], observer: cluster, adapter: kubernetes, covers: kinds }]
rules: [{ rule: SOFT, entry: admission, severity: warning }, { rule: NOTE, severity: info }]
sensitive: ['namespaces.*.ConfigMap.*.data.key']
`.replace('files: []', 'files: [none.yaml]'),
  'sre/rules.cue': `package sre
#observed: _
namespaces: [NS=string]: {
	"Deployment.apps": [string]: spec: {
		replicas?: >=2 | error("[HA-1] at least two replicas are required")
		paused?: false | error("[SOFT] nobody should stay paused, and here follows a long explanation of why that is so, that goes on over more than a hundred and twenty characters")
		minReadySeconds?: 0 | error("[NOTE] rather leave it out")
	}
	ConfigMap: [string]: data: key?: =~"^ok" | error("[KEY] \\(key)")
	Secret: [string]: data: token?: "x"
}
if #observed.namespaces != _|_ for ns, kinds in #observed.namespaces
if kinds.Service != _|_ for name, service in kinds.Service
if kinds["Deployment.apps"][name] == _|_ {
	namespaces: (ns): Service: (name): spec: error("[SVC-1] \\(name) selects nothing")
}
`,
}

const old = {
  namespaces: {
    shop: {
      'Deployment.apps': { old: { spec: { replicas: 1 } }, web: { spec: { replicas: 3 } } },
      Service: { web: { spec: {} }, gone: { spec: {} } },
    },
  },
  cluster: {},
}

function answering(state?: object, files: Readonly<Record<string, string>> = fragments, faults?: Report['faults']) {
  const text = Buffer.from(
    exactJson({ snapshot: 1, observer: 'cluster', sequence: 7, observedAt: '2026-05-04T09:30:00Z', state }),
  )
  const revision: Revision = {
    workspace: 'plant',
    revision: 4,
    at: '',
    by: '',
    cause: { kind: 'workspace' },
    forced: false,
    parts: { workspace: '', teams: {} },
  }
  const snapshot: StoredSnapshot = {
    observer: 'cluster',
    sequence: 7,
    observedAt: '2026-05-04T09:30:00Z',
    receivedAt: '2026-05-04T09:30:00Z',
    seen: {},
    refused: [],
    digest: 'd',
    size: text.length,
    by: 'anonymous',
  }
  const asked: CheckInput[] = []
  const admit = admission({
    congruent: {
      definitions: (input) => congruent.definitions(input),
      check: async (input) => {
        asked.push(input)
        const result = await congruent.check(input)
        return faults === undefined ? result : { ...result, report: { ...result.report, faults } }
      },
    },
    store: {
      revisions: { at: async (name) => (name === 'plant' ? revision : undefined) },
      snapshots: { candidates: async () => (state === undefined ? [] : [snapshot]) },
      files: { get: async () => text },
    },
    sourceOf: async () => memorySource(files),
    clock: () => new Date('2026-05-04T09:31:00Z'),
  })
  const review = (request: Data, more: Partial<AdmitInput> = {}): Promise<AdmissionReview> =>
    admit({
      workspace: 'plant',
      review: { apiVersion: 'admission.k8s.io/v1', kind: 'AdmissionReview', request },
      deadlineMs: 20_000,
      ...more,
    })
  return { review, asked }
}

function object(kind: string, name: string, rest: Data = {}): Data {
  return { apiVersion: kind === 'Deployment' ? 'apps/v1' : 'v1', kind, metadata: { name }, ...Object(rest) }
}

function create(given: Data): Data {
  return { uid: 'u-1', operation: 'CREATE', namespace: 'shop', object: given, oldObject: null, dryRun: false }
}

t.test('an object that breaks nothing comes in, whatever was wrong before', async (t) => {
  const { review, asked } = answering(old)
  t.match(await review(create(object('Deployment', 'new', { spec: { replicas: 2 } }))), {
    apiVersion: 'admission.k8s.io/v1',
    kind: 'AdmissionReview',
    response: {
      uid: 'u-1',
      allowed: true,
      status: undefined,
      warnings: undefined,
      auditAnnotations: { workspace: 'plant', environment: 'default', revision: '4', findings: '0' },
    },
  })
  t.equal(asked.length, 2, 'with and without it')
  await review(create(object('Deployment', 'newer', { spec: { replicas: 2 } })))
  t.equal(asked.length, 3, 'what stood before is known')
})

t.test('what an object breaks in itself denies it', async (t) => {
  const { review } = answering(old)
  const { response } = await review(create(object('Deployment', 'new', { spec: { replicas: 1, minReadySeconds: 5 } })))
  t.match(response, { allowed: false, status: { code: 403, reason: 'Forbidden' }, auditAnnotations: { findings: '2' } })
  t.equal(
    response.status?.message,
    '1 rule stands in the way (workspace `plant`, environment `default`)\nspec.replicas: [HA-1] at least two replicas are required',
  )
  t.match(response.auditAnnotations['noted'], 'spec.minReadySeconds: [NOTE] rather leave it out')
  const standing = await review({
    uid: 'u',
    operation: 'UPDATE',
    object: object('Deployment', 'old', { spec: { replicas: 1 } }),
    namespace: 'shop',
  })
  t.equal(standing.response.allowed, false, 'also where it broke it before')
})

t.test('a warning warns', async (t) => {
  const { review } = answering(old)
  const { response } = await review(create(object('Deployment', 'new', { spec: { replicas: 2, paused: true } })))
  t.equal(response.allowed, true)
  t.match(response.warnings, [/^spec\.paused: \[SOFT\] nobody/])
  t.ok(response.warnings?.every((warning) => warning.length <= 256))
})

t.test('what it newly breaks elsewhere denies it; a deletion is an absence', async (t) => {
  const { review } = answering(old)
  const { response } = await review({
    uid: 'u',
    operation: 'DELETE',
    namespace: 'shop',
    name: 'web',
    oldObject: object('Deployment', 'web'),
  })
  t.equal(response.allowed, false)
  t.match(response.status?.message, 'namespaces.shop.Service.web.spec: [SVC-1] web selects nothing')
  t.notMatch(response.status?.message, 'gone', 'what stood before is nobody else`s')
  t.equal(
    (
      await review({
        uid: 'u',
        operation: 'DELETE',
        namespace: 'shop',
        name: 'old',
        oldObject: object('Deployment', 'old'),
      })
    ).response.allowed,
    true,
  )
})

t.test('what cannot be decided warns, or denies where that is asked for', async (t) => {
  const { review } = answering(old)
  const secret = create(object('Secret', 's', { data: { token: 'eA==' } }))
  const { response } = await review(secret)
  t.equal(response.allowed, true)
  t.match(response.warnings, [/masked/])
  t.equal((await review(secret, { undecided: 'deny' })).response.allowed, false)
})

t.test('without a snapshot the object stands for itself', async (t) => {
  const { review, asked } = answering()
  t.equal((await review(create(object('Deployment', 'new', { spec: { replicas: 1 } })))).response.allowed, false)
  t.strictSame(
    (await review(create(object('Deployment', 'new', { spec: { replicas: 2 } })))).response.warnings,
    undefined,
  )
  t.equal(asked.length, 2)
})

t.test('sensitive values are decided on and not told', async (t) => {
  const { review } = answering(old)
  const { response } = await review(create(object('ConfigMap', 'c', { data: { key: 'hunter2' } })))
  t.match(response, { allowed: false, status: { message: /data\.key: \[KEY\] <masked>/ } })
})

t.test(
  'definitions among the fragments give objects their lists by key; what an earlier apply left warns',
  async (t) => {
    const definition = {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      spec: {
        group: 'x.io',
        scope: 'Namespaced',
        names: { kind: 'Thing' },
        versions: [
          {
            name: 'v1',
            served: true,
            schema: {
              openAPIV3Schema: {
                type: 'object',
                properties: {
                  note: { type: 'string' },
                  parts: {
                    type: 'array',
                    'x-kubernetes-list-type': 'map',
                    'x-kubernetes-list-map-keys': ['name'],
                    items: { type: 'object', properties: { name: { type: 'string' }, size: { type: 'integer' } } },
                  },
                },
              },
            },
          },
        ],
      },
    }
    const thing = { apiVersion: 'x.io/v1', kind: 'Thing', metadata: { name: 'a', namespace: 'shop' } }
    const { review } = answering(undefined, {
      'congruent.yaml':
        'workspace: plant\nteams: { sre: { fragments: [{ path: ./crd.json, as: crd }, { path: ./a.json, as: kubernetes }, ./sre] } }\n',
      'crd.json': JSON.stringify(definition),
      'a.json': JSON.stringify(thing),
      'sre/rules.cue':
        'package sre\nnamespaces: [string]: "Thing.x.io"?: [string]: parts?: [N=string]: size?: >=2 | error("[SIZE] \\(N) is too small")\n',
    })
    const denied = await review(create({ ...thing, parts: [{ name: 'x', size: 1 }] }))
    t.match(denied.response.status?.message, /parts\.x\.size: \[SIZE\] x is too small/)
    const managedFields = [{ manager: 'argo', operation: 'Apply', fieldsV1: { 'f:note': {} } }]
    const kept = { ...thing, metadata: { ...thing.metadata, managedFields }, note: 'old' }
    t.match(await review({ ...Object(create(kept)), operation: 'UPDATE' }), {
      response: { allowed: true, warnings: [/^note: set by an earlier apply \(`argo`\)/] },
    })
  },
)

t.test('what is no object of its own is not looked at', async (t) => {
  const { review, asked } = answering(old)
  const controlled = { ownerReferences: [{ controller: true, kind: 'ReplicaSet', name: 'x', uid: 'u' }], name: 'p' }
  for (const request of [
    { uid: 'u', operation: 'CREATE', subResource: 'scale', object: object('Scale', 'web') },
    { uid: 'u', operation: 'CONNECT', object: null },
    create({ apiVersion: 'v1', kind: 'Pod', metadata: controlled }),
  ])
    t.equal((await review(request)).response.allowed, true)
  t.equal(asked.length, 0)
})

t.test('no answer where none can be had', async (t) => {
  const { review } = answering(old)
  await t.rejects(review(create(object('Pod', 'p')), { workspace: 'other' }), { code: 'WORKSPACE_NOT_FOUND' })
  await t.rejects(review(create(object('Pod', 'p')), { environment: 'prod' }), { code: 'USAGE' })
  const faulty = answering(old, fragments, [{ environment: 'default', code: 'ENGINE_DEADLINE', message: 'too slow' }])
  await t.rejects(faulty.review(create(object('Pod', 'p'))), { code: 'ENGINE_DEADLINE', message: 'too slow' })
  for (const [request, message] of [
    [null, /`request` is missing/],
    [{ operation: 'CREATE' }, /`request\.uid`/],
    [{ uid: 'u', operation: 'PATCH' }, /CREATE, UPDATE, DELETE, CONNECT/],
  ] as const)
    await t.rejects(review(request), { code: 'BODY_INVALID', message })
  await t.rejects(review(null, { review: { apiVersion: 'admission.k8s.io/v1beta1', kind: 'AdmissionReview' } }), {
    code: 'BODY_INVALID',
  })
})
