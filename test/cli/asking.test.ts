import { mkdirSync, unlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import t, { type Test } from 'tap'
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
async function world(t: Test) {
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
  for (const [name, text] of Object.entries(files)) put(name, text)
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
  return { run, tokenWith, put, server, cwd }
}

t.test('fragments are pushed, and what was seen is recorded', async (t) => {
  const { run, tokenWith, put, cwd, server } = await world(t)
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
    out: 'congruent.yaml: revision 1 (a new workspace)\nshared files: revision 2 (2 added)\nsre: revision 3 (1 added)\nweb: revision 4 (1 added)\n',
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
    { status: 0, out: 'web: revision 5\n', err: '' },
    'who may not read learns the revision',
  )
  t.match(await run(web, ['push', '--team', 'sre']), { status: 2, err: /lacks the scope `publish:plant\/sre`/ })
  t.match(await run(web, ['push', '--team', 'wbe']), { status: 2, err: /no team `wbe`/ })

  put('web/web.cue', 'package web\n\nservices: web: { image: "web", replicas: 1 }\n')
  unlinkSync(join(cwd, 'web/more.cue'))
  const refused = await run(web, ['push'])
  t.equal(refused.status, 3)
  t.match(refused.out, /conflict services\.web\.replicas[^]*lib\/lib\.cue:3[^]*web\/web\.cue:3/)
  t.match(refused.err, /conflict in workspace `plant`.*kept as proposal.*\(FRAGMENTS_CONFLICT\)/)
  t.match(await run(web, ['push', '--force']), { status: 2, err: /lacks the scope `admin:plant`/ })
  t.match(await run(admin, ['push', '--force', '--team', 'web']), {
    status: 0,
    out: /^web: revision 6 \(1 changed, 1 removed\)\n[^]*conflict services/,
  })

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
