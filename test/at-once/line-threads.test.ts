import t from 'tap'
import { createLineThreads } from '../../src/at-once/line-threads.ts'
import { Fault } from '../../src/errors.ts'
import { createCongruent, createCueGo } from '../../src/index.ts'
import { checkLines, type CheckedLine, type LinesDependencies } from '../../src/operations/requested/check-lines.ts'
import type { LinesAtOnce } from '../../src/operations/requested/lines-at-once.ts'
import { memorySource } from '../support/memory-source.ts'
import { choices, type Choice } from '../support/random/choice.ts'

// Batches whose lines are answered in threads, against the same batches without.

const seed = Number(process.env['CONGRUENT_SEED'] ?? 1)
const cases = Number(process.env['CONGRUENT_CASES'] ?? 12)

const files = {
  'congruent.yaml':
    'workspace: shop\nteams: { platform: { fragments: [./platform] } }\nenvironments: { dev: {}, prod: {} }\n',
  'platform/platform.cue': `package platform
services: [N=string]: {
	image!: =~"^registry/"
	replicas?: int & >=2 & <=6
	own?: N | "web"
	...
}
`,
}
const now = new Date('2026-01-01T01:00:00Z')
const source = { ...memorySource(files), fixed: true } as const
const excusing = {
  ...memorySource({
    ...files,
    'congruent.yaml': `${files['congruent.yaml'].replace('shop', 'excused')}exemptions: [e.yaml]\n`,
    'e.yaml': 'exemptions: [{ id: E, rule: X, path: services.web, owner: platform, reason: r, expires: 2026-01-15 }]\n',
  }),
  fixed: true,
} as const
const congruent = createCongruent({ engine: createCueGo({ size: 1 }), fewest: 1, clock: () => now })
const threads = createLineThreads({ size: 1 })
t.teardown(() => Promise.all([congruent.close(), threads.close()]))

let written = 0
const counting: LinesAtOnce = {
  answer: async (question) => {
    const answer = await threads.answer(question)
    written += answer.written.split('\n').length - 1
    return answer
  },
}

const dependencies: LinesDependencies = {
  congruent,
  clock: () => now,
  newest: async (name) => {
    if (name === 'shop') return source
    if (name === 'excused') return excusing
    throw new Fault('WORKSPACE_NOT_FOUND', `there is no workspace \`${name}\``)
  },
}

/** What each line came to, by its number. */
async function answersTo(lines: readonly string[], atOnce?: LinesAtOnce): Promise<ReadonlyMap<number, string>> {
  const answers = new Map<number, string>()
  const tell = (line: number, said: string): void => {
    if (answers.has(line)) t.fail(`line ${line} is told once`)
    answers.set(line, said)
  }
  const told = (checked: CheckedLine): void => {
    if ('written' in checked) {
      for (const text of checked.written.trimEnd().split('\n')) {
        const [, number = '', report = ''] = /^\{"line":(\d+),"report":(.*)\}$/.exec(text) ?? []
        tell(Number(number), report)
      }
    } else if ('report' in checked) tell(checked.line, JSON.stringify(checked.report))
    else tell(checked.line, String(checked.error))
  }
  const text = lines.join('\n')
  async function* pieces(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < text.length; at += 5000) yield Buffer.from(text.slice(at, at + 5000), 'latin1')
  }
  const checked = checkLines(
    { ...dependencies, ...(atOnce && { atOnce }) },
    {
      lines: pieces(),
      limits: { deadlineMs: 30_000, signal: new AbortController().signal },
      allow: ({ workspace }) => {
        if (workspace === 'secret') throw new Fault('FORBIDDEN', 'not yours')
      },
    },
  )
  for await (const some of checked) some.forEach(told)
  return new Map([...answers].toSorted(([a], [b]) => a - b))
}

function lineOf(choice: Choice): string {
  const service = {
    image: choice.percent(95) ? 'registry/web:1' : 'other',
    ...(choice.percent(50) && { replicas: choice.of([2, 3, 6]) }),
    ...(choice.percent(20) && { own: choice.of(['web', 'api']) }),
  }
  const state = { services: Object.fromEntries(choice.some(['web', 'api', 'x'], 60).map((name) => [name, service])) }
  const snapshot = {
    snapshot: 1,
    observer: 'agent',
    sequence: choice.number(9),
    observedAt: '2026-01-01T00:59:00Z',
    state,
  }
  const request = {
    snapshots: [choice.percent(80) ? snapshot : { state }],
    ...(choice.percent(10) && { environment: choice.of(['dev', 'prod', 'test']) }),
    ...(choice.percent(10) && { workspace: choice.of(['shop', 'secret', 'nowhere']) }),
    ...(choice.percent(10) && {
      now: choice.of(['2026-01-01T01:30:00Z', '2026-02-15T01:30:00Z', '2026-02-31T01:30:00Z']),
    }),
  }
  if (choice.percent(92)) return JSON.stringify(request)
  return choice.of([
    '',
    ' \r',
    '{"snapshots":[',
    '{"common":{}}',
    '{"snapshts":[]}',
    '{"snapshots":[]}',
    '{"snapshots":[{"state":{"services":{"w\xe9b":{"image":"registry/1"}}}}]}',
    '{"snapshots":[{"state":{"services":{"web":{"image":"registry/1","size":1e400}}}}]}',
    '{"snapshots":[{"state":{"services":{"web":{"image":"registry/1","image":"registry/2"}}}}]}',
    `{"snapshots":[{"state":{"services":{"web":{"image":"registry/${'x'.repeat(70_000)}"}}}}]}`,
    `{"snapshots":[{"state":${'['.repeat(5000)}${']'.repeat(5000)}}]}`,
  ])
}

t.test('threads change no answer', async (t) => {
  const choice = choices(seed)
  const firsts = [
    '{"common":{"workspace":"shop"}}',
    '{"common":{"workspace":"shop","environment":"prod"}}',
    '{"common":{"workspace":"excused"}}',
    '{"common":{"workspace":"secret"}}',
    '{"common":{"workspace":"nowhere"}}',
    '{"workspace":"shop","snapshots":[]}',
    `{"common":{"workspace":"shop","snapshots":[{"state":{"pad":"${'x'.repeat(5000)}"}}]}}`,
  ]
  for (let index = 0; index < cases; index++) {
    const lines = [choice.percent(60) ? (firsts[0] ?? '') : choice.of(firsts)]
    for (let count = choice.number(120); count > 0; count--) lines.push(lineOf(choice))
    t.strictSame(await answersTo(lines, counting), await answersTo(lines), `CONGRUENT_SEED=${seed}, case ${index}`)
  }
  t.ok(written > cases * 5, `${written} were answered in threads`)
})

t.test('threads that are no more cost no line', async (t) => {
  const lines = ['{"common":{"workspace":"shop"}}']
  for (let count = 0; count < 40; count++)
    lines.push('{"snapshots":[{"state":{"services":{"web":{"image":"registry/1"}}}}]}')
  const expected = await answersTo(lines)
  await threads.close()
  const before = written
  t.strictSame(await answersTo(lines, counting), expected)
  t.equal(written, before)
})
