import fc from 'fast-check'
import t from 'tap'
import { createCueWasm } from '../../src/engine/cue-wasm/cue-wasm.ts'
import { readError } from '../../src/engine/cue-wasm/messages.ts'
import { NotCue, tokenize } from '../../src/model/cue-tokens.ts'
import type { EngineFinding } from '../../src/engine/protocol.ts'
import { engineContract } from './contract.ts'
import { readVectors } from './vector.ts'

t.test('cue-wasm keeps the contract of engines', async (t) => {
  engineContract(t, () => createCueWasm(), { name: 'cue-wasm', cue: 'v0.4.3', full: false })
})

// A state that names a key twice never reaches an engine: reading documents refuses it, or settles it with a note.
const impossible = ['check/same-key-twice.txtar']

t.test('on every checked vector the verdict is that of the full engine, or undecided', async (t) => {
  const engine = createCueWasm()
  t.teardown(() => engine.close())
  let same = 0
  for (const { name, request, answer } of readVectors()) {
    if (request.op !== 'check' || impossible.includes(name)) continue
    const { findings, digest, lacks } = await engine.check(request, { deadlineMs: 60_000, subject: name })
    const expected = 'findings' in answer && Array.isArray(answer.findings) ? outcomeOf(answer.findings) : 'none'
    const found = outcomeOf(findings)
    if (found === 'undecided') continue
    same++
    t.equal(found, expected, name)
    t.same(lacks, [], `${name} lacks nothing, since there is a verdict`)
    if ('digest' in answer) t.equal(digest, answer.digest, `${name} has the digest of the full engine`)
  }
  t.ok(same > 30, `${same} vectors have a verdict`)
})

function outcomeOf(findings: readonly Pick<EngineFinding, 'kind'>[]): string {
  const kinds = findings.map(({ kind }) => kind).filter((kind) => kind !== 'drift')
  if (kinds.some((kind) => kind === 'conflict')) return 'conflicts'
  if (kinds.some((kind) => ['mismatch', 'missing', 'unexpected', 'breach'].includes(kind))) return 'violates'
  return kinds.length > 0 ? 'undecided' : 'none'
}

t.test('a fragment cannot leave its own braces', async (t) => {
  const engine = createCueWasm({ size: 1 })
  t.teardown(() => engine.close())
  const observed = { state: '{}', coverage: [{ path: [], status: 'covered' as const }], contested: [], masked: [] }
  for (const text of ['x: 1 } & { y: 2', '} | {', 'x: "\\(y', 'x: "a', "x: '''\n", '@tag(', 'x: (', '\0']) {
    const files = [{ name: 'a/a.cue', text: `package a\n${text}\n` }]
    const fragments = { files, parts: [{ kind: 'package', team: 'a', dir: 'a' } as const], tags: {}, limits: [] }
    const options = { deadlineMs: 60_000, subject: 'x' }
    const { findings } = await engine.check({ fragments, observed, drift: false }, options)
    t.equal(outcomeOf(findings), 'undecided', text)
  }
})

const pieces = [
  ...['a', '"', '\\(', ')', '"""', '#"', '"#', '{', '}', '@x(', "'", '//', '\n', ' ', ':', '_|_', '1.5', '🙂', '\\'],
]

t.test('tokens stand in order, apart, and say what the text says', async (t) => {
  const texts = fc.array(fc.constantFrom(...pieces)).map((list) => list.join(''))
  const isSound = (text: string): boolean => {
    try {
      const tokens = tokenize(text)
      return tokens.every(
        (token, i) => token.text === text.slice(token.start, token.end) && token.start >= (tokens[i - 1]?.end ?? 0),
      )
    } catch (error) {
      return error instanceof NotCue
    }
  }
  fc.assert(fc.property(texts, isSound), { numRuns: 2_000 })
  fc.assert(fc.property(fc.string({ unit: 'binary' }), isSound))
  fc.assert(fc.property(fc.jsonValue(), (value) => tokenize(JSON.stringify(value)).length > 0))
  t.same(
    tokenize('a: "x\\(b["c"])y" // "d"\n').map(({ text }) => text),
    ['a', ':', '"x\\(', 'b', '[', '"c"', ']', ')y"'],
  )
  t.same(
    tokenize('#"\\(a)\\#(b)"# @rule(id="x)") _|_').map(({ text }) => text),
    ['#"\\(a)\\#(', 'b', ')"#', '@rule(id="x)")', '_|_'],
  )
})

t.test("CUE's words are read whatever they are", async (t) => {
  t.match(readError('a."b c".0: conflicting values 2 and 1'), { path: ['a', 'b c', '0'], kind: 'contradiction' })
  t.match(readError('x: field not allowed: "y z"'), { path: ['x', 'y z'], kind: 'unexpected' })
  t.match(readError('cue: marshal error: x: undefined field: y'), { path: ['x'], kind: 'other' })
  t.match(readError('x: conflicting values 1.0 and 1 (mismatched types float and int)'), { kind: 'other' })
  t.match(readError('l: invalid value [] (does not satisfy list.MinItems(1))'), { kind: 'other' })
  t.match(readError("expected operand, found 'EOF'"), { path: [], kind: 'other' })
  fc.assert(fc.property(fc.string(), (words) => Array.isArray(readError(words).path)))
})
