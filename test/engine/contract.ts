import type { Engine, EngineOptions } from '../../src/engine/engine.ts'
import type { Coverage, EngineFinding, Fragments, Observed, Part, SourceFile } from '../../src/engine/protocol.ts'
import type { Test } from 'tap'

/** What the suite may expect of an engine beside the questions that every engine must answer alike. */
export interface Expected {
  readonly name: Engine['identity']['name']
  readonly cue: string
  /** Whether it finds everything, with authors and positions. A limited one finds the first, and says what it lacks. */
  readonly full: boolean
}

/** One question and its answer; the verdict must come out on every engine, unless `limited` says why one cannot tell. */
interface Case {
  readonly title: string
  /** CUE by folder, each a package and a team of its own; a name that ends in `.json` is plain data. */
  readonly fragments: Readonly<Record<string, string>>
  readonly state: unknown
  readonly observed?: Partial<Observed>
  readonly tags?: Readonly<Record<string, string>>
  readonly limits?: Fragments['limits']
  readonly verdict: Verdict
  /** Kind and place of every finding but drift. */
  readonly findings: readonly string[]
  /** What a limited engine must name in its lacks; its verdict is then `undecided`. */
  readonly limited?: RegExp
}

type Verdict = 'conforms' | 'violates' | 'conflicts' | 'undecided'

const covered: Coverage = { path: [], status: 'covered' }

const cases: readonly Case[] = [
  {
    title: 'a state that conforms',
    fragments: { a: 'services: [string]: {replicas: >=2, image: =~"^reg/"}', b: 'services: web: replicas: <=10' },
    state: { services: { web: { replicas: 3, image: 'reg/x' } } },
    verdict: 'conforms',
    findings: [],
  },
  {
    title: 'values out of bounds',
    fragments: { a: 'services: [string]: {replicas: >=2}', b: 'services: [string]: image: =~"^reg/"' },
    state: { services: { web: { replicas: 1, image: 'x' }, 'a b': { replicas: 1, image: 'reg/x' } } },
    verdict: 'violates',
    findings: ['mismatch services."a b".replicas', 'mismatch services.web.image', 'mismatch services.web.replicas'],
  },
  {
    title: 'a type that does not fit, in a list',
    fragments: { a: 'ports: [...int]' },
    state: { ports: [1, 'http'] },
    verdict: 'violates',
    findings: ['mismatch ports[1]'],
  },
  {
    title: 'something asked for that is not there, once at its highest absent path',
    fragments: { a: 'services: web: {replicas: >=2, image: string}' },
    state: { other: 1 },
    verdict: 'violates',
    findings: ['missing services'],
  },
  {
    title: 'something definite that is not there',
    fragments: { a: 'services: web: tier: "front"' },
    state: { services: { web: {} } },
    verdict: 'violates',
    findings: ['missing services.web.tier'],
  },
  {
    title: 'what is optional, a pattern or a definition asks for nothing',
    fragments: { a: '#S: {x: int}\nservices: [string]: #S\nweb?: #S' },
    state: {},
    verdict: 'conforms',
    findings: [],
  },
  {
    title: 'a field that a closed struct does not allow',
    fragments: { a: '#S: {x: int}\ns: #S' },
    state: { s: { x: 1, 'y z': 2 } },
    verdict: 'violates',
    findings: ['unexpected s."y z"'],
  },
  {
    title: 'teams that contradict each other',
    fragments: { a: 'x: 1\ny: >=5', b: 'x: 2\ny: <=2' },
    state: { x: 1, y: 3 },
    verdict: 'conflicts',
    findings: ['conflict x', 'conflict y'],
  },
  {
    title: 'plain data that contradicts a package',
    fragments: { a: 'services: [string]: replicas: >=2', 'b.json': '{"services":{"web":{"replicas":1}}}' },
    state: { services: { web: { replicas: 1 } } },
    verdict: 'conflicts',
    findings: ['conflict services.web.replicas'],
  },
  {
    title: 'an enumeration that is not met',
    fragments: { a: 'tier: "front" | "back"' },
    state: { tier: 'middle' },
    verdict: 'violates',
    findings: ['mismatch tier'],
  },
  {
    title: 'the standard library, numbers beyond 64 bits, labels of any script',
    fragments: { a: 'import "strings"\n\n"größe 😀": strings.MaxRunes(3)', b: 'n: >12345678901234567890122' },
    state: '{"größe 😀":"abc","n":12345678901234567890123}',
    verdict: 'conforms',
    findings: [],
  },
  {
    title: 'a default stands in for what is not there',
    fragments: { a: 'replicas: *2 | int' },
    state: {},
    verdict: 'conforms',
    findings: [],
    limited: /default/,
  },
  {
    title: 'a required field',
    fragments: { a: 'services: [string]: owner!: string' },
    state: { services: { web: {} } },
    verdict: 'violates',
    findings: ['missing services.web.owner'],
    limited: /fragment `a` has `owner!`/,
  },
  {
    title: 'a tag',
    fragments: { a: 'env: string @tag(env)' },
    state: { env: 'dev' },
    tags: { env: 'prod' },
    verdict: 'violates',
    findings: ['mismatch env'],
    limited: /@tag\(env\)/,
  },
  {
    title: 'a package of the workspace that is imported',
    fragments: { a: 'import "workspace.congruent/b"\n\nx: b.#Small', b: '#Small: <10' },
    state: { x: 20 },
    verdict: 'violates',
    findings: ['mismatch x'],
    limited: /import "workspace\.congruent\/b"/,
  },
  {
    title: 'what reads the observed state',
    fragments: { a: '#observed: _\nif #observed.public != _|_ {tls: true}' },
    state: { public: true, tls: false },
    verdict: 'violates',
    findings: ['mismatch tls'],
    limited: /#observed/,
  },
  {
    title: 'a hidden check',
    fragments: { a: 'a: int\nb: int\n_sum: a + b\n_sum: <10' },
    state: { a: 5, b: 6 },
    verdict: 'violates',
    findings: ['mismatch _sum'],
    limited: /hidden field _sum/,
  },
  {
    title: 'a path that nobody looked at',
    fragments: { a: 'a: >5\nb: >5' },
    state: { a: 6 },
    observed: { coverage: [{ path: ['a'], status: 'covered' }] },
    verdict: 'undecided',
    findings: ['unobserved b'],
    limited: /not looked at/,
  },
  {
    title: 'observers that differ',
    fragments: { a: 'a: >5' },
    state: {},
    observed: { contested: [{ path: ['a'], values: ['4', '6'] }] },
    verdict: 'undecided',
    findings: ['contested a'],
    limited: /contradict each other/,
  },
  {
    title: 'a team that speaks where it may not',
    fragments: { a: 'services: web: image: string\nother: string' },
    state: { services: { web: { image: 'x' } }, other: 'y' },
    limits: [{ team: 'a', may: [['services', null, 'image']] }],
    verdict: 'violates',
    findings: ['breach other'],
    limited: /some paths only/,
  },
  {
    title: 'a fragment that is no CUE',
    fragments: { a: 'x: {', b: 'y: int' },
    state: { y: 'z' },
    verdict: 'conflicts',
    findings: ['unreadable '],
    limited: /fragment `a` has `a\/a\.cue/,
  },
]

/** The questions that every engine must answer, each in the same way or not at all. */
export function engineContract(t: Test, create: () => Engine, expected: Expected): void {
  const engine = create()
  t.teardown(() => engine.close())
  const options: EngineOptions = { deadlineMs: 60_000, subject: 'checking `prod`' }

  t.test('it says what it is, and a limited one what it lacks', async (t) => {
    t.match(engine.identity, { name: expected.name, cue: expected.cue })
    t.equal(engine.identity.lacks.length === 0, expected.full)
  })

  for (const one of cases) {
    t.test(one.title, async (t) => {
      const fragments = fragmentsOf(one)
      const observed = observedOf(one)
      const answer = await engine.check({ fragments, observed, drift: false }, options)
      const found = answer.findings.map(({ kind, at }) => `${kind} ${at}`)
      if (expected.full) {
        t.same(found, one.findings)
        t.same(answer.lacks, [])
      } else if (one.limited !== undefined) {
        t.equal(verdictOf(answer.findings), 'undecided')
        t.match(answer.lacks.join('\n'), one.limited)
        return
      } else {
        t.same(found.length, Math.min(1, one.findings.length))
        for (const finding of found) t.ok(one.findings.includes(finding), finding)
        t.same(answer.lacks, [])
      }
      t.equal(verdictOf(answer.findings), one.verdict)
      t.match(answer.digest, /^[0-9a-f]{64}$/)
      const backwards = { ...fragments, files: fragments.files.toReversed(), parts: fragments.parts.toReversed() }
      const again = await engine.check({ fragments: backwards, observed, drift: false }, options)
      t.same(withoutSites(again), withoutSites(answer), 'the order of files and parts has no meaning')
    })
  }

  t.test('a conflict names its authors, if the engine knows them', async (t) => {
    const fragments = fragmentsOf({ fragments: { a: 'x: 1', b: '\nx: 2' } })
    const { findings } = await engine.unify({ fragments }, options)
    const authors = findings.flatMap(({ conjuncts }) =>
      conjuncts.map(({ team, site }) => `${team} ${site.file}:${site.line}:${site.column}`),
    )
    t.same(authors, expected.full ? ['a a/a.cue:3:4', 'b b/b.cue:4:4'] : [])
  })

  t.test('the desired state is written out, whole or in part', async (t) => {
    const fragments = fragmentsOf({ fragments: { a: 'a: b: [1, 2]', b: 'c: a.b[1]\na: b: [_, _]' } })
    const desired = async (path: readonly string[]): Promise<unknown> => {
      const answer = await engine.unify({ fragments, path, want: ['json'] }, options)
      t.same(answer.findings, [])
      return JSON.parse(answer.desired?.json ?? 'null')
    }
    t.same(await desired([]), { a: { b: [1, 2] }, c: 2 })
    t.same(await desired(['a', 'b']), [1, 2])
    t.same(await desired(['a', 'b', '1']), 2)
    const open = await engine.unify({ fragments: fragmentsOf({ fragments: { a: 'a: int' } }), want: ['json'] }, options)
    t.equal(open.desired?.json, undefined, 'what is not concrete has no JSON')
  })

  t.test('a value is explained as far as the engine knows', async (t) => {
    const fragments = fragmentsOf({ fragments: { a: 'a: b: >=1', b: 'a: b: 2' } })
    const answer = await engine.explain({ fragments, path: ['a', 'b'] }, options)
    t.match(answer, { exists: true, at: 'a.b', value: '2', findings: [] })
    t.equal(answer.conjuncts.length, expected.full ? 2 : 0)
    t.equal(answer.lacks.length === 0, expected.full)
    t.match(await engine.explain({ fragments, path: ['a', 'c'] }, options), { exists: false, at: 'a.c' })
  })

  t.test('a question that takes too long costs itself only', async (t) => {
    // Unions whose alternatives no field tells apart: each doubles or trebles the work.
    const unions = Array.from({ length: 14 }, (_, i) => `x: {a${i}?: int} | {b${i}?: int} | {c${i}?: int}`).join('\n')
    const slow = fragmentsOf({ fragments: { a: `${unions}\nx: {}` } })
    const quick = fragmentsOf({ fragments: { a: 'x: 1' } })
    const overrun = engine.unify({ fragments: slow, want: ['json'] }, { deadlineMs: 1_500, subject: 'unifying `slow`' })
    const others = Promise.all([1, 2, 3].map(() => engine.unify({ fragments: quick }, options)))
    await t.rejects(overrun, { code: 'ENGINE_DEADLINE', message: /^unifying `slow`: no answer within 1\.5 s/ })
    for (const { findings } of await others) t.same(findings, [])
  })

  t.test('a cancelled question is rejected, and every question after closing', async (t) => {
    const fragments = fragmentsOf({ fragments: { a: 'x: 1' } })
    const other = create()
    await t.rejects(other.unify({ fragments }, { ...options, signal: AbortSignal.abort() }), { code: 'ENGINE_CLOSED' })
    await other.close()
    await t.rejects(other.unify({ fragments }, options), { code: 'ENGINE_CLOSED' })
  })
}

function fragmentsOf({ fragments, tags = {}, limits = [] }: Pick<Case, 'fragments' | 'tags' | 'limits'>): Fragments {
  const files: SourceFile[] = []
  const parts: Part[] = []
  for (const [name, text] of Object.entries(fragments)) {
    if (name.endsWith('.json')) parts.push({ kind: 'data', team: 'data', file: name, json: text })
    else {
      files.push({ name: `${name}/${name}.cue`, text: `package ${name}\n\n${text}\n`, team: name })
      parts.push({ kind: 'package', team: name, dir: name })
    }
  }
  return { files, parts, tags, limits }
}

function observedOf({ state, observed }: Case): Observed {
  const text = typeof state === 'string' ? state : JSON.stringify(state)
  return { state: text, coverage: [covered], contested: [], masked: [], ...observed }
}

function verdictOf(findings: readonly EngineFinding[]): Verdict {
  const kinds = new Set(findings.map(({ kind }) => kind))
  if (kinds.has('conflict') || kinds.has('unreadable')) return 'conflicts'
  for (const kind of ['mismatch', 'missing', 'unexpected', 'breach'] as const) if (kinds.has(kind)) return 'violates'
  return [...kinds].some((kind) => kind !== 'drift') ? 'undecided' : 'conforms'
}

/** Sites in plain data are indices into the request's parts. */
function withoutSites(answer: object): unknown {
  return JSON.parse(JSON.stringify(answer, (key, value: unknown) => (key === 'data' ? undefined : value)))
}
