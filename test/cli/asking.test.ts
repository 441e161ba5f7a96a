import { mkdirSync, unlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import t, { type Test } from 'tap'
import type { Finding, Report } from '../../src/index.ts'
import { main } from '../../src/cli/main.ts'
import { createAccess } from '../../src/http/access/access.ts'
import { fakeIo } from '../support/fake-io.ts'
import { storedService } from '../support/stored-service.ts'

// Commands that ask a server, against a real one on a free port.

t.setTimeout(120_000)

const files = {
  'congruent.yaml': `workspace: plant
teams:
  sre: { fragments: [./sre] }
  web: { fragments: [./web] }
observations: [{ files: [observed.yaml], observer: inventory }]
`,
  'cue.mod/module.cue': 'module: "plant.example"\nlanguage: version: "v0.15.0"\n',
  'lib/lib.cue': 'package lib\n\n#Least: >=2\n',
  'sre/sre.cue':
    'package sre\n\nimport "plant.example/lib"\n\nservices: [string]: replicas: lib.#Least @rule(id="HA-1")\n',
  'web/web.cue': 'package web\n\nservices: web: image: "web"\n',
  'observed.yaml': 'services: { web: { replicas: 1, image: web } }\n',
}

/** A server with tokens, and a folder; `run` types a command line there. */
async function world(t: Test, given: Readonly<Record<string, string>> = files) {
  const { service, app, clock } = await storedService(t, {
    access: createAccess({
      tokens: { find: (id) => service.store.tokens.find(id), any: async () => true },
      onlyLoopback: true,
      allowedOrigins: [],
      clock: () => clock.now,
    }),
  })
  const server = await app.listen({ host: '127.0.0.1', port: 0 })
  const cwd = t.testdir({})
  const put = (name: string, text: string): void => {
    mkdirSync(dirname(join(cwd, name)), { recursive: true })
    writeFileSync(join(cwd, name), text)
  }
  for (const [name, text] of Object.entries(given)) put(name, text)
  const tokenWith = async (...scopes: readonly string[]): Promise<string> => {
    const { secret } = await service.createToken({
      name: scopes.join(' ').replaceAll(/[^\w ]/g, '.'),
      scopes,
      asker: { by: 'test' },
    })
    return secret
  }
  const run = async (token: string, args: readonly string[], stdin?: string) => {
    const env = { CONGRUENT_SERVER: server, CONGRUENT_TOKEN: token, CONGRUENT_CACHE: join(cwd, '..', 'no-cache') }
    const io = fakeIo({ cwd, env, ...(stdin === undefined ? {} : { stdin }) })
    const status = await main(args, io)
    const stable = (text: string): string => text.replaceAll(server, '$SERVER').replaceAll(/[0-9a-f-]{32,64}/g, '$ID')
    return { status, out: stable(io.stdout.text), err: stable(io.stderr.text) }
  }
  return { run, tokenWith, put, server, cwd, service }
}

t.test('fragments are pushed, and what was seen is recorded', async (t) => {
  const { run, tokenWith, put, cwd, server, service } = await world(t)
  const admin = await tokenWith('admin:plant')
  const web = await tokenWith('publish:plant/web')

  t.match(
    await run(web, ['push']),
    { status: 2, err: /there is no workspace.*--workspace-file/ },
    'a workspace is made by who may',
  )
  t.match(await run(web, ['push', '--workspace-file']), {
    status: 2,
    err: /lacks the scope `admin:plant`.*\(FORBIDDEN\)/,
  })
  t.strictSame(await run(admin, ['push', '--workspace-file']), {
    status: 0,
    out: 'congruent.yaml: revision 1 (a new workspace)\nshared files: revision 2 (2 added)\nsre: revision 3 (1 added)\nweb: revision 4 (1 added)\npage $SERVER/w/plant\n',
    err: '',
  })
  t.match(await run(admin, ['push', '--workspace-file']), {
    out: /^congruent.yaml: revision 4\n.*\nsre: unchanged in revision 4\n/,
  })

  put('web/web.cue', 'package web\n\nservices: web: { image: "web", port: 80 }\n')
  put('web/more.cue', 'package web\n\nservices: api: image: "api"\n')
  t.match(await run(admin, ['push', '--dry-run', '--team', 'web']), {
    status: 0,
    out: 'web: would change\n  added    web/more.cue\n  changed  web/web.cue\n',
  })
  t.strictSame(
    await run(web, ['push']),
    { status: 0, out: 'web: revision 5\npage $SERVER/w/plant\n', err: '' },
    'who may not read learns the revision',
  )
  t.match(await run(web, ['push', '--team', 'sre']), { status: 2, err: /lacks the scope `publish:plant\/sre`/ })
  t.match(await run(web, ['push', '--team', 'wbe']), { status: 2, err: /no team `wbe`/ })

  put('web/web.cue', 'package web\n\nservices: web: { image: "web", replicas: 1 }\n')
  unlinkSync(join(cwd, 'web/more.cue'))
  const refused = await run(web, ['push'])
  t.equal(refused.status, 3)
  t.match(refused.out, /conflict services\.web\.replicas[^]*lib\/lib\.cue:3[^]*web\/web\.cue:3/)
  t.match(
    refused.err,
    /conflict in workspace `plant`.*kept as proposal `([^`]+)`.*\(FRAGMENTS_CONFLICT\)\npage \$SERVER\/w\/plant\/review\/\1\n$/,
  )
  t.match(await run(web, ['push', '--force']), { status: 2, err: /lacks the scope `admin:plant`/ })
  t.match(await run(admin, ['push', '--force', '--team', 'web']), {
    status: 0,
    out: /^web: revision 6 \(1 changed, 1 removed\)\n[^]*conflict services/,
  })

  put('sre/sre.cue', 'package sre\n\nservices: [string]: replicas: >=3 @rule(id="HA-1")\n')
  const title = ['--title', 'Three of everything']
  const proposed = await run(admin, ['push', '--propose', ...title, '--base-url', 'https://pages.example'])
  t.match(
    proposed,
    {
      status: 0,
      out: /^sre: proposed for revision 6; 1 new conflict, 1 resolved; to agree: web\npage https:\/\/pages\.example\/w\/plant\/review\/\w+\nweb: unchanged\n$/,
      err: '',
    },
    'what is in force already is no proposal',
  )
  const sre = await tokenWith('publish:plant/sre')
  t.match(await run(sre, ['push', '--propose', ...title]), { status: 0, out: /^sre: .*\npage \$SERVER/ })
  const { items } = await service.listProposals('plant', { limit: 10 })
  t.strictSame(
    items.map((one) => [one.team, one.title]),
    [
      ['sre', 'Three of everything'],
      ['web', undefined],
    ],
    'the same change waits once, beside the one that was refused',
  )
  t.match(await run(sre, ['push', '--propose', '--team', 'web']), { status: 2, err: /`publish:plant\/web`/ })
  put('sre/sre.cue', files['sre/sre.cue'])
  t.match(await run(admin, ['push', '--propose']), { out: 'sre: unchanged\nweb: unchanged\n' })

  const observer = await tokenWith('observe:plant/inventory')
  const seen = ['observe', '--observer', 'inventory', 'observed.yaml']
  t.strictSame(await run(observer, seen), { status: 0, out: 'inventory  sequence 1  recorded\n', err: '' })
  t.match(await run(observer, seen), { out: 'inventory  sequence 1  same\n' })
  const other = 'services: { web: { replicas: 5 } }'
  t.match(await run(observer, [...seen.slice(0, 3), '--sequence', '1', '-'], other), {
    status: 2,
    err: /SEQUENCE_REUSED/,
  })
  t.match(await run(observer, [...seen.slice(0, 3), '--sequence', '7', '-'], other), {
    out: 'inventory  sequence 7  recorded\n',
  })
  t.match(await run(observer, ['observe', '--observer', 'somebody', 'observed.yaml']), { status: 2, err: /FORBIDDEN/ })
  t.match(await run(observer, ['observe', 'observed.yaml']), {
    status: 2,
    err: /say who saw it with `--observer NAME`/,
  })
  t.match(await run(observer, ['observe', '--observer', 'inventory', 'none.yaml']), {
    status: 2,
    err: /INPUT_NOT_FOUND/,
  })
  const document = {
    snapshot: 1,
    observer: 'inventory',
    sequence: 8,
    observedAt: '2026-05-04T09:00:00Z',
    state: { n: 1 },
  }
  put('snapshot.json', JSON.stringify(document))
  t.match(await run(observer, ['observe', 'snapshot.json']), { out: 'inventory  sequence 8  recorded\n' })
  t.match(await run(observer, ['observe', 'snapshot.json', '--sequence', '9']), {
    status: 2,
    err: /not for snapshot documents/,
  })

  // A check that a server makes says what one says that is made here.
  put('web/web.cue', 'package web\n\nservices: web: image: "web"\n')
  const checker = await tokenWith('check:plant')
  const here = await run('', ['check', '--format', 'json', '--now', '2026-05-04T09:30:00Z'])
  const there = await run(checker, ['check', '--server', server, '--format', 'json', '--now', '2026-05-04T09:30:00Z'])
  t.equal(here.status, 1)
  t.strictSame(there, here)
  t.match(await run(checker, ['check', '--server', server]), {
    status: 1,
    out: /observed\.yaml\n\n {2}mismatch services\.web\.replicas [^]*lib\/lib\.cue:3:9 +│ #Least/,
  })
  t.match(await run(checker, ['check', '--stored', 'plant', '-e', 'default', 'observed.yaml']), {
    status: 3,
    out: /conflict services\.web\.replicas/,
  })
  t.match(await run(web, ['check', '--stored', 'plant']), { status: 2, err: /lacks the scope `check:plant`/ })
  t.match(await run(web, ['check', '--server', server, '--whole']), { status: 2, err: /`--whole` is for checks/ })

  // Tokens of the server, and of a store without one.
  const root = await tokenWith('admin:*')
  const made = await run(root, ['token', 'create', 'ci', '--scope', 'read:plant', '--expires', '90d'])
  t.match(made, {
    status: 0,
    out: /^cgt_\S{43}\n$/,
    err: /^\S+ {2}ci {2}read:plant {2}until .*\nits secret is shown this once:\n$/,
  })
  const listed = await run(root, ['token', 'list'])
  t.match(listed, { status: 0, out: / {2}ci {2}read:plant {2}until /, err: '' })
  t.notMatch(listed.out, /cgt_/)
  t.match(await run(root, ['token', 'revoke', 'ci']), { status: 0, out: / {2}ci {2}read:plant {2}revoked / })
  t.match(await run(root, ['token', 'revoke', 'nobody']), { status: 2, err: /there is no token `nobody`/ })
  t.match(await run(web, ['token', 'list']), { status: 2, err: /lacks the scope `admin:\*`/ })
  t.match(await run(root, ['token', 'create']), { status: 2, err: /expected `token create NAME`/ })
  t.match(await run(root, ['token', 'list', '--scope', 'read:plant']), { status: 2, err: /are for `token create`/ })
  t.match(await run(root, ['token', 'list', '--data', 'd', '--server', server]), {
    status: 2,
    err: /`--data` and `--database`/,
  })
  t.match(await run('', ['token', 'create', 'first', '--scope', 'admin:*', '--data', 'store']), {
    status: 0,
    out: /^cgt_/,
  })
  t.match(await run('', ['token', 'list', '--data', 'store']), {
    status: 0,
    out: /^\S+ {2}first {2}admin:\* {2}since .*\n$/,
  })

  // A server that is not there, or does not know us.
  put('congruent.yaml', `${files['congruent.yaml']}review: { required: owners }\n`)
  t.match(await run(admin, ['push', '--workspace-file', '--team', 'sre']), { status: 0 })
  put('sre/sre.cue', 'package sre\n\nservices: [string]: { replicas: >=1, port: 80 }\n')
  t.match(
    await run(sre, ['push']),
    {
      status: 2,
      err: /asks for the approval of every team .* concerns `web` without approval.*kept as proposal `([^`]+)`.*\(APPROVAL_MISSING\)\npage \$SERVER\/w\/plant\/review\/\1\n$/,
    },
    'what waits for an approval names its page',
  )
  t.match(await run('', ['push']), { status: 2, err: /no token came.*\(UNAUTHENTICATED\)/ })
  t.match(await run('cgt_junk', ['push']), { status: 2, err: /\(UNAUTHENTICATED\)/ })
  t.match(await run('', ['push', '--server', 'http://127.0.0.1:9']), {
    status: 5,
    err: /cannot be reached: .*\(SERVER_FAILED\)/,
  })
  t.match(await run('', ['push', '--server', server.replace('http', 'ftp')]), {
    status: 2,
    err: /is no address of a server/,
  })
})

const definition = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: widgets.example.com }
spec:
  group: example.com
  scope: Namespaced
  names: { kind: Widget }
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            parts:
              type: array
              x-kubernetes-list-type: map
              x-kubernetes-list-map-keys: [name]
              items: { type: object, properties: { name: { type: string }, size: { type: integer } } }
`

/** Packs, schemas and scripts, over manifests whose lists have the form that is asked for. */
function special(lists: 'keyed' | 'plain'): Readonly<Record<string, string>> {
  const part = lists === 'keyed' ? '[string]' : '[...{ size?: >=2 | error("[W-1] at least two") }]'
  const rule = lists === 'keyed' ? `${part}: size?: >=2 | error("[W-1] at least two")` : part
  return {
    'congruent.yaml': `workspace: clusters
teams:
  platform:
    fragments: [{ path: ./crds/*.yaml, as: crd }, { path: ./x.schema.json, as: jsonschema, at: config }, ./shop.star, ./platform]
environments: { prod: { tags: { env: prod } } }
${lists === 'keyed' ? 'packs: [{ pack: kubernetes/pod-security, parameters: { level: restricted } }]\n' : ''}observations:
  - { files: [observed.yaml], environment: prod, adapter: kubernetes, lists: ${lists}, observer: cluster }
`,
    'crds/widget.yaml': definition,
    'x.schema.json': '{"type":"object","required":["port"]}',
    'shop.star': 'cluster = {"Namespace": {"shop": {"metadata": {"labels": {"env": tags["env"]}}}}}\n',
    'platform/rules.cue': `package platform\n\nnamespaces?: [string]: "Widget.example.com"?: [string]: parts?: ${rule}\n`,
    'observed.yaml': `apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { env: test } }
---
apiVersion: v1
kind: Pod
metadata:
  name: web
  namespace: shop
spec: { containers: [{ name: server, image: web, ports: [{ containerPort: 80, hostPort: 80 }] }] }
---
apiVersion: example.com/v1
kind: Widget
metadata: { name: a, namespace: shop }
extra: 1
parts: [{ name: x, size: 1 }]
`,
  }
}

/** What findings say, whatever the files of their observations are called. */
function told(findings: readonly Pick<Finding, 'kind' | 'at' | 'rule' | 'message' | 'conjuncts'>[]) {
  return findings
    .map(({ kind, at, rule, message, conjuncts }) => {
      const places = conjuncts.map(({ file, line, column }) => `${file}:${line}:${column}`)
      return `${at} ${kind} ${rule.id} ${message} ${places.join(' ')}`
    })
    .sort()
}

for (const lists of ['keyed', 'plain'] as const)
  t.test(`packs, definitions, schemas and scripts mean on a server what they mean here; lists ${lists}`, async (t) => {
    const { run, tokenWith, server, service } = await world(t, special(lists))
    const admin = await tokenWith('admin:clusters', 'observe:clusters/*')
    const here = await run('', ['check', '--format', 'json', '--now', '2026-05-04T09:30:00Z'])
    const report: Report = JSON.parse(here.out)
    t.strictSame(
      [...new Set(report.findings.map(({ rule }) => rule.id))].sort(),
      [
        'W-1',
        ...(lists === 'keyed' ? ['allowPrivilegeEscalation', 'capabilities_restricted', 'hostPorts'] : []),
        'platform:Widget.v1',
        'platform:cluster.Namespace.shop.metadata.labels.env',
        ...(lists === 'keyed' ? ['runAsNonRoot', 'seccompProfile_restricted'] : []),
      ],
      'the rules of every kind of fragment',
    )

    t.match(await run(admin, ['push', '--workspace-file']), {
      status: 0,
      out: /^congruent.yaml: revision 1 \(a new workspace\)\nplatform: revision 2 \(4 added\)\npage \$SERVER\/w\/clusters\n$/,
    })
    t.match(await run(admin, ['observe', '--observer', 'cluster', '-e', 'prod', 'observed.yaml']), { status: 0 })
    await service.makeCheck({ workspace: 'clusters', environment: 'prod' })
    const { items } = await service.listFindings(
      { workspace: 'clusters', filter: { environments: ['prod'] }, known: 'then', deadlineMs: 10_000 },
      { limit: 100 },
    )
    t.strictSame(told(items), told(report.findings))
    const there = await run(admin, ['check', '--server', server, '--format', 'json', '--now', '2026-05-04T09:30:00Z'])
    t.strictSame(there, here, 'and where all of it is sent along')
  })
