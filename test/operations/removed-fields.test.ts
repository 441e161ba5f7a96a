import * as fc from 'fast-check'
import t from 'tap'
import { createCongruent, createCueGo, type Finding } from '../../src/index.ts'
import { memorySource } from '../support/memory-source.ts'

const congruent = createCongruent({ engine: () => createCueGo({ size: 1 }), clock: () => new Date(0), fewest: 0 })
t.teardown(() => congruent.close())

const annotation = 'kubectl.kubernetes.io/last-applied-configuration'

type Tree = { readonly [label: string]: Tree | string }

interface Given {
  readonly desired: object
  readonly live: object
  readonly files?: Readonly<Record<string, string>>
  readonly teams?: string
  readonly more?: string
  readonly whole?: boolean
}

async function findings({
  desired,
  live,
  files = {},
  teams = '',
  more = '',
  whole = false,
}: Given): Promise<readonly Finding[]> {
  const workspace = `workspace: shop
teams:
  app: { fragments: [{ path: ./app.json, as: kubernetes }] }
${teams}
observations: [{ files: [live.json], adapter: kubernetes }]
${more}`
  const source = memorySource({
    'congruent.yaml': workspace,
    'app.json': JSON.stringify(desired),
    'live.json': JSON.stringify(live),
    ...files,
  })
  return (await congruent.check({ source, whole })).report.findings
}

const manifest = (spec: object): object => ({
  apiVersion: 'x.io/v1',
  kind: 'Thing',
  metadata: { name: 'a', namespace: 'default' },
  spec,
})

function live(spec: object, applied: object): object {
  const metadata = { name: 'a', namespace: 'default', annotations: { [annotation]: JSON.stringify(manifest(applied)) } }
  return { ...manifest(spec), metadata }
}

const told = (all: readonly Finding[]): readonly string[] => all.map(({ kind, at }) => `${kind} ${at}`)

t.test('a field that was applied and is no longer asked for is told, its severity is the workspace’s', async (t) => {
  const given = { desired: manifest({ a: 'x' }), live: live({ a: 'x', b: 'y', c: 'z' }, { a: 'x', b: 'y' }) }
  const [finding, ...others] = await findings(given)
  t.strictSame(others, [])
  t.match(finding, {
    kind: 'unexpected',
    severity: 'error',
    at: 'namespaces.default."Thing.x.io".a.spec.b',
    rule: { id: 'congruent:removed', title: String, docs: String },
    message:
      'set by an earlier apply (`kubectl`), and no fragment asks for it any more: take it away, or ask for it again',
    teams: ['app'],
    observations: [{ file: 'live.json', value: 'y' }],
  })
  t.match(await findings({ ...given, more: 'rules: [{ rule: congruent:removed, severity: info }]' }), [
    { severity: 'info' },
  ])
  t.strictSame(await findings({ ...given, more: 'rules: [{ rule: congruent:removed, severity: off }]' }), [])
  t.strictSame(await findings({ ...given, whole: true }), [finding], 'asked about as a whole, too')
})

t.test('an explanation of the path tells it, too', async (t) => {
  const source = memorySource({
    'congruent.yaml':
      'workspace: shop\nteams: { app: { fragments: [{ path: ./app.json, as: kubernetes }] } }\nobservations: [{ files: [live.json], adapter: kubernetes }]\n',
    'app.json': JSON.stringify(manifest({ a: 'x' })),
    'live.json': JSON.stringify(live({ a: 'x', b: 'y' }, { a: 'x', b: 'y' })),
  })
  const path = ['namespaces', 'default', 'Thing.x.io', 'a', 'spec', 'b']
  const { explanation } = await congruent.explain({ source, path })
  t.match(explanation.findings, [{ kind: 'unexpected', rule: { id: 'congruent:removed' }, path }])
})

t.test('objects that fragments only constrain are not ours; what is unexpected anyway is told once', async (t) => {
  const object = live({ a: 'x', b: 'y' }, { a: 'x', b: 'y' })
  const constrains = 'package p\n\nnamespaces: default: "Thing.x.io": a: spec: a: "x"\n'
  const other = { apiVersion: 'x.io/v1', kind: 'Thing', metadata: { name: 'other', namespace: 'default' } }
  const teams = '  platform: { fragments: [./p] }'
  t.strictSame(
    told(await findings({ desired: other, live: [other, object], files: { 'p/p.cue': constrains }, teams })),
    [],
  )
  const closes = 'package p\n\nnamespaces: default: "Thing.x.io": a: spec: close({a: "x"})\n'
  t.match(await findings({ desired: manifest({ a: 'x' }), live: object, files: { 'p/p.cue': closes }, teams }), [
    { kind: 'unexpected', rule: { id: /^platform:/ } },
  ])
})

t.test('what was applied and is still asked for is never told, what is not always is', async (t) => {
  const leaf = fc.constantFrom('x', 'y')
  const { tree } = fc.letrec<{ tree: Tree; node: Tree | string }>((tie) => ({
    tree: fc.dictionary(fc.constantFrom('a', 'b', 'c', '#d', '_e', '5'), tie('node'), {
      maxKeys: 4,
      noNullPrototype: true,
    }),
    node: fc.oneof({ maxDepth: 3, withCrossShrink: true }, leaf, tie('tree')),
  }))
  const leaves = (node: Tree | string, at: readonly string[] = []): readonly (readonly string[])[] =>
    typeof node === 'string'
      ? [at]
      : Object.keys(node).length === 0
        ? [at]
        : Object.entries(node).flatMap(([label, below]) => leaves(below, [...at, label]))
  const part = (
    node: Tree | string,
    keep: (path: readonly string[]) => boolean,
    at: readonly string[] = [],
  ): Tree | string | undefined => {
    if (typeof node === 'string' || Object.keys(node).length === 0) return keep(at) ? node : undefined
    const members = Object.entries(node).flatMap(([label, below]) => {
      const kept = part(below, keep, [...at, label])
      return kept === undefined ? [] : [[label, kept] as const]
    })
    return members.length === 0 ? undefined : Object.fromEntries(members)
  }
  const key = (path: readonly string[]): string => JSON.stringify(path)
  await fc.assert(
    fc.asyncProperty(tree, fc.array(fc.tuple(fc.boolean(), fc.boolean()), { minLength: 1 }), async (whole, choices) => {
      const state = new Map(
        leaves(whole).map((path, index) => [key(path), choices[index % choices.length] ?? [true, true]]),
      )
      const applied = part(whole, (path) => state.get(key(path))?.[0] === true) ?? {}
      const desired = part(whole, (path) => state.get(key(path))?.[1] === true) ?? {}
      const found = await findings({
        desired: manifest(typeof desired === 'string' ? {} : desired),
        live: live(whole, typeof applied === 'string' ? {} : applied),
      })
      const removed = found.map(({ path }) => path.slice(5))
      for (const { kind, rule } of found) if (kind !== 'unexpected' || rule.id !== 'congruent:removed') return false
      return leaves(whole).every((path) => {
        if (path.length === 0) return true
        const [wasApplied = false, isDesired = false] = state.get(key(path)) ?? []
        const holds = removed.filter((one) => one.every((label, index) => path[index] === label)).length
        return holds === (wasApplied && !isDesired ? 1 : 0)
      })
    }),
    { numRuns: 60 },
  )
})
