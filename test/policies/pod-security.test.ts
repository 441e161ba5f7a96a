import { readFileSync } from 'node:fs'
import t from 'tap'
import { parse } from 'yaml'
import { createCongruent } from '../../src/congruent.ts'
import { createCueGo } from '../../src/engine/cue-go/cue-go.ts'
import { packWorkspace } from '../../src/operations/packs/pack-workspace.ts'

t.setTimeout(600_000)

const folder = '../shared/corpora/pod-security'

interface Case {
  readonly path: string
  readonly level: string
  readonly expect: 'pass' | 'fail'
  readonly upstream_evaluator: { readonly fails: readonly { readonly check: string }[] }
}

t.test(
  '148 pods in one cluster, each in a namespace of its level: those that Kubernetes refuses are found, by the same checks',
  async (t) => {
    const { cases }: { cases: readonly Case[] } = JSON.parse(readFileSync(`${folder}/index.json`, 'utf8'))
    t.equal(cases.length, 148)
    const nameOf = ({ path }: Case): string => path.replaceAll('/', '-').replace('.yaml', '')
    const objects = cases.flatMap((one) => {
      const namespace = nameOf(one)
      const pod = parse(readFileSync(`${folder}/${one.path}`, 'utf8'))
      const labels = { 'pod-security.kubernetes.io/enforce': one.level }
      return [
        { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, labels } },
        { ...pod, metadata: { ...pod.metadata, namespace } },
      ]
    })
    const bytes = Buffer.from(objects.map((object) => JSON.stringify(object)).join('\n---\n'))
    const congruent = createCongruent({ engine: createCueGo() })
    t.teardown(() => congruent.close())
    const { report } = await congruent.check({
      source: packWorkspace(['kubernetes/pod-security']),
      files: [{ name: 'pods.yaml', read: async () => ({ ok: true, bytes }) }],
      override: { adapter: 'kubernetes' },
      deadlineMs: 300_000,
    })
    for (const one of cases) {
      const found = report.findings.filter(({ path }) => path[1] === nameOf(one))
      const expected = one.expect === 'pass' ? [] : one.upstream_evaluator.fails.map(({ check }) => check)
      t.same([...new Set(found.map(({ rule }) => rule.id))].toSorted(), expected.toSorted(), one.path)
      // Documents are of one line each, a namespace and its pod: the line of the pod.
      const line = 4 * cases.indexOf(one) + 3
      t.ok(
        found.every(({ path, observations }) => path[2] === 'Pod' && observations.some((seen) => seen.line === line)),
        `${one.path}: each at its object`,
      )
    }
  },
)

const twoContainers = `apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { pod-security.kubernetes.io/enforce: restricted } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  template:
    spec:
      securityContext: { runAsNonRoot: true, seccompProfile: { type: RuntimeDefault } }
      containers:
        - name: good
          image: a
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: [ALL] } }
        - name: wrong
          image: b
          securityContext:
            allowPrivilegeEscalation: false
            privileged: true
            capabilities: { drop: [ALL] }
        - name: silent
          image: c
          securityContext: { allowPrivilegeEscalation: false }
`

t.test('a finding names the container, and the line of what is wrong or of where something is missing', async (t) => {
  const congruent = createCongruent({ engine: createCueGo() })
  t.teardown(() => congruent.close())
  const { report } = await congruent.check({
    source: packWorkspace(['kubernetes/pod-security']),
    files: [{ name: 'web.yaml', read: async () => ({ ok: true, bytes: Buffer.from(twoContainers) }) }],
    override: { adapter: 'kubernetes' },
  })
  const containers = 'namespaces.shop."Deployment.apps".web.spec.template.spec.containers'
  t.same(
    report.findings.map(({ rule, at, observations }) => [rule.id, at, observations.map(({ line }) => line)]),
    [
      ['capabilities_restricted', `${containers}.silent.securityContext.capabilities.drop`, [24]],
      ['privileged', `${containers}.wrong.securityContext.privileged`, [20]],
    ],
  )
})
