import fc from 'fast-check'
import t from 'tap'
import type { DesiredState } from '../src/model/desired.ts'
import type { Explanation } from '../src/model/explanation.ts'
import type { Finding } from '../src/model/finding.ts'
import { formatDesired, obstacleLines } from '../src/report/desired.ts'
import { explanationFormatters } from '../src/report/explanation.ts'
import type { FormatOptions } from '../src/report/format.ts'
import { formatters, formats } from '../src/report/formatters.ts'
import { frameOf } from '../src/report/frame.ts'
import { printable, printableLines } from '../src/report/printable.ts'
import { columnsOf, cutToColumns, padded } from '../src/report/width.ts'
import { wrapped } from '../src/report/wrap.ts'
import { reportOf as report } from './report/formatters/everything.ts'

const files: Readonly<Record<string, string>> = {
  'sre/ha.cue': 'package sre\n\nservices: [string]: replicas: >=2 @rule(id="HA-1")\n',
  'o.yaml': 'services:\n  web:\n\t\treplicas: 1\n    名前: 日本語 # wide\n',
}

const plain: FormatOptions = {
  lines: (file) => numbered(files[file]?.split('\n') ?? []),
  colour: false,
  width: 100,
  groupBy: 'file',
  quiet: false,
}

function numbered(lines: readonly string[]): ReadonlyMap<number, string> {
  return new Map(lines.map((line, index) => [index + 1, line]))
}

function finding(given: Partial<Finding> = {}): Finding {
  return {
    fingerprint: 'f'.repeat(32),
    environment: 'prod',
    kind: 'mismatch',
    outcome: 'violates',
    severity: 'error',
    rule: { id: 'HA-1' },
    path: ['services', 'web', 'replicas'],
    at: 'services.web.replicas',
    message: 'invalid value 1 (out of bound >=2)',
    conjuncts: [{ team: 'sre', file: 'sre/ha.cue', line: 3, column: 31, text: '>=2' }],
    observations: [{ observer: 'cluster', sequence: 7, file: 'o.yaml', line: 3, column: 13, value: 1 }],
    owner: 'web',
    teams: ['sre'],
    ...given,
  }
}

function ownerless({ owner: _, ...rest }: Finding): Finding {
  return rest
}

t.test('a finding shows both sides, with the line of code of each', async (t) => {
  t.equal(
    formatters.text(report([finding()]), plain),
    `o.yaml

  mismatch services.web.replicas  HA-1 · owner web
    invalid value 1 (out of bound >=2)
    sre         sre/ha.cue:3:31  │ services: [string]: replicas: >=2 @rule(id="HA-1")
                                 │                               ^^^
    cluster #7  o.yaml:3:13      │ replicas: 1
                                 │           ^

prod  violates   1 mismatch

shop violates: 1 finding, 1 environment, 0 snapshots
`,
  )
})

t.test('where there is little room, code stands below its place', async (t) => {
  t.equal(
    formatters.text(report([finding()]), { ...plain, width: 50 }).split('\n\n')[1],
    `  mismatch services.web.replicas  HA-1 · owner web
    invalid value 1 (out of bound >=2)
    sre         sre/ha.cue:3:31
      │ services: [string]: replicas: >=2 @rule(i…
      │                               ^^^
    cluster #7  o.yaml:3:13
      │ replicas: 1
      │           ^`,
  )
})

t.test('conflicts come first, then files or teams by name; in each what is undecided comes last', async (t) => {
  const list = [
    finding({ kind: 'stale', outcome: 'undecided', path: ['a'], at: 'a' }),
    finding({ path: ['b'], at: 'b' }),
    ownerless(finding({ path: ['c'], at: 'c', observations: [], teams: [] })),
    finding({ kind: 'conflict', outcome: 'conflicts', path: ['d'], at: 'd' }),
  ]
  const heads = (groupBy: 'file' | 'team'): readonly string[] =>
    formatters
      .text(report(list), { ...plain, groupBy })
      .split('\n')
      .filter((line) => /^(?: {2}[a-z]+ [a-d]\b|\S)/.test(line))
      .slice(0, 7)
      .map((line) => line.replace(/ {2}HA-1.*/, ''))
  const conflicts = [
    'conflicts: the fragments leave no desired state here, so that nothing observed can conform',
    '  conflict d',
  ]
  t.strictSame(heads('file'), [...conflicts, 'o.yaml', '  mismatch b', '  stale a', 'sre/ha.cue', '  mismatch c'])
  t.strictSame(heads('team'), [...conflicts, '(no team)', '  mismatch c', 'web', '  mismatch b', '  stale a'])
})

t.test('what is the same in several environments is shown once', async (t) => {
  const text = formatters.text(report([finding(), finding({ environment: 'test' })]), plain)
  t.equal(text.match(/mismatch services/g)?.length, 1)
  t.match(text, /HA-1 · prod, test · owner web/)
  t.match(text, /shop violates: 2 findings, 2 environments/)
})

t.test('undecided kinds are explained, notes and lacks said; quiet leaves both out', async (t) => {
  const engine = { name: 'cue-wasm', cue: 'v0.4.3', lacks: ['positions'] } as const
  const notes = [{ code: 'empty', message: 'holds no document', file: 'x.yaml', line: 2 }]
  const one = report([finding({ kind: 'refused', outcome: 'undecided' })], {
    notes,
    tool: { name: 'congruent', version: '1', engine },
  })
  const text = formatters.text(one, plain)
  t.match(
    text,
    'undecided: nothing proves or excludes a deviation there\n  refused     an observer was not allowed to look\n',
  )
  t.match(text, 'note  x.yaml:2: holds no document\nnote  cue-wasm cannot tell: positions\n')
  t.notMatch(formatters.text(one, { ...plain, quiet: true }), /note|nothing proves/)
  const many = report([], {
    notes: Array.from({ length: 25 }, (_, index) => ({ code: 'n', message: `note ${index}` })),
  })
  t.match(formatters.text(many, plain), '… and 5 more in the JSON report')
})

t.test('an environment that a fault ended is named with it', async (t) => {
  const faults = [{ environment: 'dev', code: 'ENGINE_DEADLINE', message: 'took too long' }]
  const text = formatters.text(report([finding()], { faults }), plain)
  t.match(text, 'prod  violates   1 mismatch\ndev   not checked  ENGINE_DEADLINE: took too long\n')
})

t.test('severity, title, docs, alternatives and long lists have their words', async (t) => {
  const conjunct = { team: 'sre', file: 'sre/ha.cue', line: 3, column: 1 }
  const text = formatters.text(
    report([
      finding({
        severity: 'warning',
        rule: { id: 'R', title: 'two of each', docs: 'https://docs.example.com' },
        conjuncts: Array.from({ length: 11 }, () => conjunct),
        alternatives: Array.from({ length: 8 }, (_, index) => ({
          message: `branch ${index}`,
          path: [],
          conjuncts: [conjunct],
        })),
      }),
    ]),
    { ...plain, width: 200 },
  )
  t.match(text, 'mismatch (warning) services.web.replicas  R two of each · owner web\n')
  t.match(text, '… and 4 more')
  t.match(text, '- branch 5\n')
  t.notMatch(text, '- branch 6\n')
  t.match(text, '    see https://docs.example.com\n')
  t.match(text, 'prod  violates   1 mismatch (1 warning)')
})

t.test('what is excused is told in short, apart from the rest, and not counted with it', async (t) => {
  const exempted = { id: 'X-1', owner: 'web', expires: '2099-01-01' }
  const findings = [
    finding({ severity: 'warning', exempted }),
    ...Array.from({ length: 12 }, (_, index) => finding({ at: `a.b${index}`, known: true })),
    finding({ at: '', path: [], kind: 'unobserved', outcome: 'undecided', exempted }),
  ]
  const text = formatters.text(report(findings, { baseline: { gone: 2 } }), plain)
  t.match(
    text,
    `exempted by X-1 until 2099-01-01 (web)

  mismatch services.web.replicas  HA-1
  unobserved (the whole state)  HA-1

known: in the baseline, so that they do not count

  mismatch a.b0  HA-1
`,
  )
  t.match(text, '  … and 2 more\n')
  t.match(text, 'baseline: 12 findings still there, 2 gone\n')
  t.match(text, '(2 exempted, 12 known)\n')
  t.notMatch(text, 'undecided: nothing proves')
  t.notMatch(text, 'invalid value')
})

t.test('without the file the value is shown; without either only the place; at the root its name', async (t) => {
  const observations = [
    { observer: 'a', sequence: 0, file: '-', line: 1, column: 1, value: { x: 1 } },
    { observer: 'b', sequence: 1 },
    { observer: '-', sequence: 0 },
  ]
  const text = formatters.text(report([finding({ path: [], at: '', observations })]), plain)
  t.match(text, '(standard input)\n')
  t.match(text, 'mismatch (the whole state)')
  t.match(text, /^ {4}a +\(standard input\):1:1 {2}│ \{"x":1\}$/m)
  t.match(text, /^ {4}b #1 +│ nothing there, in any document$/m)
  t.match(text, /^ {4}observed +\(standard input\) +│ nothing there, in any document$/m)
})

t.test('a line that is not to be shown is not shown', async (t) => {
  const lines = (file: string): ReadonlyMap<number, string> => numbered(file === 'o.yaml' ? ['', ''] : [])
  const text = formatters.text(
    report([
      finding({
        observations: [{ observer: 'c', sequence: 0, file: 'o.yaml', line: 3, column: 1, value: '(masked)' }],
      }),
    ]),
    { ...plain, lines },
  )
  t.notMatch(text, 'replicas: 1')
  t.match(text, '│ "(masked)"')
})

t.test('colour is there only when told, and changes no word', async (t) => {
  const one = report([
    finding(),
    finding({ kind: 'conflict', outcome: 'conflicts' }),
    finding({ kind: 'stale', outcome: 'undecided' }),
  ])
  const coloured = formatters.text(one, { ...plain, colour: true })
  t.match(coloured, '\u{1b}[')
  t.equal(coloured.replaceAll(/\u{1b}\[[\d;]*m/gu, ''), formatters.text(one, plain))
})

t.test('nothing in a report reaches the terminal as a control', async (t) => {
  const hostile = fc.string({
    unit: fc.constantFrom('\u{1b}[31m', '\n', '\r', '\u{7}', '\u{202e}', '\u{9b}', '\t', 'x', '\u{2028}', '\u{d800}'),
    maxLength: 12,
  })
  fc.assert(
    fc.property(hostile, (text) => {
      const one = finding({
        message: text,
        at: text,
        rule: { id: text, title: text, docs: text },
        owner: text,
        environment: text,
        conjuncts: [{ team: text, file: text, line: 1, column: 2, text }],
        observations: [{ observer: text, sequence: 1, file: text, line: 1, column: 1, value: text }],
        alternatives: [{ message: text, path: [text], conjuncts: [{ team: text, file: text, line: 1, column: 1 }] }],
      })
      const notes = [{ code: 'n', message: text, file: text }]
      const faults = [{ environment: text, code: 'X', message: text }]
      const written = formatters.text(report([one], { notes, faults, workspace: text }), {
        ...plain,
        lines: () => numbered([text]),
      })
      return !/[\p{Cc}\u{202e}\u{2028}]/u.test(written.replaceAll('\n', '')) && !/\p{Cs}/u.test(written)
    }),
  )
  t.equal(printable('a\u{1b}[0m\tb\n'), 'a\\u{1b}[0m\\tb\\n')
  t.strictSame(printableLines('a\tb\r\nc\u{7}'), ['a    b', 'c\\u{7}'])
})

t.test('the JSON report is the report', async (t) => {
  const one = report([finding()])
  t.strictSame(JSON.parse(formatters.json(one)), one)
  t.ok(formatters.json(one).endsWith('}\n'))
  t.strictSame(formats, Object.keys(formatters))
})

t.test('a frame is a line without its indentation, with the mark below what is meant', async (t) => {
  t.strictSame(frameOf('    replicas: 1', 15, 40), { code: 'replicas: 1', offset: 10, length: 1 })
  t.strictSame(frameOf('\t\tname:\tx', 9, 40), { code: 'name:   x', offset: 8, length: 1 })
  t.strictSame(frameOf('  名前: 日本', 7, 40), { code: '名前: 日本', offset: 6, length: 4 })
  t.strictSame(frameOf('x: "a b" # c', 4, 40), { code: 'x: "a b" # c', offset: 3, length: 5 })
  t.strictSame(frameOf('x: >=2 & <=9', 4, 40, '>=2 & <=9'), { code: 'x: >=2 & <=9', offset: 3, length: 9 })
  t.strictSame(frameOf('', 9, 40), { code: '', offset: 0, length: 1 })
  t.strictSame(frameOf('short', 99, 40), { code: 'short', offset: 4, length: 1 })
})

t.test('a long line is cut around the mark', async (t) => {
  const line = `${'a'.repeat(300)}: 1${'b'.repeat(300)}`
  const { code, offset } = frameOf(line, 303, 40)
  t.match(code, /^…a+: 1b+…$/)
  t.equal(columnsOf(code), 40)
  t.equal(code[offset], '1')
  const huge = `${'[1,'.repeat(1_000_000)}2]`
  t.match(frameOf(huge, 1_500_001, 40).code, /^….*…$/)
})

t.test('a frame fits its width and its mark stands in it, whatever the line', async () => {
  const line = fc.string({
    unit: fc.constantFrom('a', ' ', '\t', '名', 'é', '👩‍🚀', '\u{301}', '\u{1b}', '"', ':'),
    maxLength: 120,
  })
  fc.assert(
    fc.property(line, fc.integer({ min: 1, max: 130 }), fc.integer({ min: 20, max: 60 }), (text, column, width) => {
      const { code, offset, length } = frameOf(text, column, width)
      return columnsOf(code) <= width && offset >= 0 && offset <= width && length >= 1 && offset + length <= width + 2
    }),
  )
})

t.test('texts are measured and cut by what a terminal shows', async (t) => {
  t.equal(columnsOf('abc'), 3)
  t.equal(columnsOf('日本'), 4)
  t.equal(columnsOf('e\u{301}'), 1)
  t.equal(columnsOf('👩‍🚀'), 2)
  t.equal(padded('日', 4), '日  ')
  t.equal(cutToColumns('日本語', 4), '日…')
  t.equal(cutToColumns('abc', 3), 'abc')
  t.strictSame(wrapped('one two three', 7), ['one two', 'three'])
  t.strictSame(wrapped('incomprehensibilities is', 5), ['incomprehensibilities', 'is'])
})

const desired: DesiredState = {
  workspace: 'shop',
  environment: 'prod',
  digest: 'd',
  findings: [],
  notes: [],
  incomplete: [],
  lacks: [],
}

t.test('a desired state is written as CUE, JSON or YAML, and what is in its way is said', async (t) => {
  const whole = { ...desired, cue: 'a: 1', json: '{"a":1}' }
  t.equal(formatDesired(whole, 'cue'), 'a: 1\n')
  t.equal(formatDesired(whole, 'json'), '{\n  "a": 1\n}\n')
  t.equal(formatDesired(whole, 'yaml'), 'a: 1\n')
  t.strictSame(obstacleLines(whole, true, plain), [])
  const open = {
    ...desired,
    cue: 'a: int\n',
    incomplete: Array.from({ length: 31 }, (_, index) => ({ path: ['a'], at: `a${index}`, text: 'int' })),
  }
  t.equal(formatDesired(open, 'json'), '')
  t.equal(formatDesired(desired, 'cue'), '')
  t.strictSame(obstacleLines(open, false, plain), [])
  t.strictSame(obstacleLines(open, true, plain).slice(0, 2), [
    'not concrete, so that there is no such data',
    '  a0: int',
  ])
  t.equal(obstacleLines(open, true, plain).at(-1), '  … and 1 more')
  const noted = {
    ...open,
    notes: [{ code: 'n', message: 'skipped' }],
    findings: [finding({ kind: 'conflict', outcome: 'conflicts' })],
  }
  t.match(obstacleLines(noted, false, plain).join('\n'), /^conflicts: .*note {2}skipped$/s)
})

const explanation: Explanation = {
  workspace: 'shop',
  environment: 'prod',
  path: ['services', 'web', 'replicas'],
  at: 'services.web.replicas',
  exists: true,
  value: '>=2 & int\n& <=10',
  kind: 'int',
  default: '3',
  conjuncts: [
    {
      team: 'sre',
      file: 'sre/ha.cue',
      line: 3,
      column: 31,
      text: '>=2',
      role: 'pattern',
      label: 'services.[].replicas',
      via: '#Service',
    },
    { team: 'web', file: 'gone.cue', line: 1, column: 1, text: 'int', role: 'field', label: 'services.web.replicas' },
  ],
  closedBy: [{ team: 'sre', file: 'sre/ha.cue', line: 3, column: 1 }],
  observations: [{ observer: 'cluster', sequence: 0, file: 'o.yaml', line: 3, column: 13, value: 1 }],
  owner: 'web',
  findings: [finding()],
  verdict: 'violates',
  notes: [{ code: 'n', message: 'skipped' }],
  lacks: ['positions'],
}

t.test('an explanation says what, who, how and what comes of it', async (t) => {
  const text = explanationFormatters.text(explanation, plain)
  t.equal(
    text.slice(0, text.indexOf('\nfound')),
    `services.web.replicas  int · owner web
  >=2 & int
  & <=10
  default 3

demanded by
  sre  sre/ha.cue:3:31  │ services: [string]: replicas: >=2 @rule(id="HA-1")
                        │                               ^^^
                        │ pattern services.[].replicas through #Service
  web  gone.cue:1:1     │ int

closed by
  sre  sre/ha.cue:3:1  │ services: [string]: replicas: >=2 @rule(id="HA-1")
                       │ ^^^^^^^^

observed by
  cluster  o.yaml:3:13  │ replicas: 1
                        │           ^
`,
  )
  t.match(
    text,
    /\nfound\n {2}mismatch services\.web\.replicas .*\nnote {2}skipped\nnote {2}the engine cannot tell: positions\n\nservices\.web\.replicas violates in prod\n$/s,
  )
  t.strictSame(JSON.parse(explanationFormatters.json(explanation)), explanation)
  const nothing: Explanation = {
    workspace: 'shop',
    environment: 'prod',
    path: [],
    at: '',
    exists: false,
    conjuncts: [],
    closedBy: [],
    observations: [],
    findings: [],
    verdict: 'conforms',
    notes: [],
    lacks: [],
  }
  t.equal(
    explanationFormatters.text(nothing, { ...plain, quiet: true }),
    '(the whole state)\n  the fragments say nothing here\n\n(the whole state) conforms in prod\n',
  )
  const long = { ...explanation, value: Array.from({ length: 50 }, (_, index) => `l${index}`).join('\n') }
  t.match(explanationFormatters.text(long, plain), '  l39\n  … and 10 more lines\n')
})
