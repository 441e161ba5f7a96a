import fc from 'fast-check'
import t from 'tap'
import type { Scope } from '../../src/model/access.ts'
import { anyCovers, parseScope, scopeCovers, teamsOf } from '../../src/model/scope.ts'

t.test('a scope is read, or what is wrong with it is said', async (t) => {
  for (const text of [
    'read:plant',
    'check:*',
    'admin:*',
    'observe:plant/clusters/eu:1',
    'observe:plant/*',
    'publish:plant/web',
    'review:*/web',
  ])
    t.strictSame(parseScope(text), { scope: text })
  const problems: Readonly<Record<string, RegExp>> = {
    '': /is no scope: expected one of `read:WORKSPACE`.*`publish:WORKSPACE\/TEAM`/,
    read: /is no scope/,
    'write:plant': /is no scope/,
    'read:': /names no workspace/,
    'read:Plant': /names no workspace/,
    'publish:a b/web': /names no workspace/,
    'read:plant/web': /says more than the workspace: expected `read:plant`/,
    'publish:plant': /names no team: expected `publish:WORKSPACE\/TEAM`, or `\*`/,
    'observe:plant/': /names no observer/,
  }
  for (const [text, problem] of Object.entries(problems)) t.match(parseScope(text), { problem }, text)
})

t.test('what a scope gives', async (t) => {
  const rows: readonly (readonly [granted: Scope, needed: Scope, covers: boolean])[] = [
    ['read:plant', 'read:plant', true],
    ['read:plant', 'read:plants', false],
    ['read:plant', 'check:plant', false],
    ['read:*', 'read:plant', true],
    ['read:plant', 'read:*', false],
    ['publish:plant/web', 'publish:plant/web', true],
    ['publish:plant/web', 'publish:plant/sre', false],
    ['publish:plant/*', 'publish:plant/sre', true],
    ['publish:plant/*', 'publish:shop/sre', false],
    ['publish:*/sre', 'publish:shop/sre', true],
    ['publish:plant/web', 'read:plant', false],
    ['publish:plant/web', 'review:plant/web', false],
    ['observe:plant/*', 'observe:plant/clusters/eu', true],
    ['observe:plant/clusters', 'observe:plant/clusters/eu', false],
    ['admin:plant', 'observe:plant/eu', true],
    ['admin:plant', 'admin:plant', true],
    ['admin:plant', 'read:shop', false],
    ['admin:plant', 'admin:*', false],
    ['admin:*', 'admin:shop', true],
  ]
  for (const [granted, needed, covers] of rows) t.equal(scopeCovers(granted, needed), covers, `${granted} → ${needed}`)
  t.equal(anyCovers([], 'read:plant'), false)
  t.equal(anyCovers(['check:plant', 'read:plant'], 'read:plant'), true)
})

t.test('whatever is needed, nothing that names another workspace gives it', async () => {
  const workspace = fc.constantFrom('plant', 'shop', 'a-b')
  const target = fc.oneof(fc.constantFrom('web', '*', 'x/y'), fc.string({ minLength: 1 }))
  const scope = fc.oneof(
    fc.tuple(fc.constantFrom('read', 'check', 'admin'), workspace).map(([verb, name]) => `${verb}:${name}`),
    fc
      .tuple(fc.constantFrom('observe', 'publish', 'review'), workspace, target)
      .map(([verb, name, other]) => `${verb}:${name}/${other}`),
  )
  fc.assert(
    fc.property(scope, scope, (granted, needed) => {
      const [given, asked] = [parseScope(granted), parseScope(needed)]
      if (!('scope' in given) || !('scope' in asked)) throw new Error('both are scopes')
      const of = (text: string): string => /:([a-z-]+)/.exec(text)?.[1] ?? ''
      return of(granted) === of(needed) || !scopeCovers(given.scope, asked.scope)
    }),
  )
})

t.test('teams of scopes', async (t) => {
  t.strictSame(teamsOf(['read:plant', 'publish:plant/web', 'review:plant/web', 'review:shop/*', 'observe:plant/eu']), [
    { workspace: 'plant', team: 'web' },
    { workspace: 'shop', team: '*' },
  ])
})
