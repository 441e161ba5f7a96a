import t from 'tap'
import type { Test } from 'tap'
import { createCueGo } from '../../src/engine/cue-go/cue-go.ts'
import type { EngineFinding, Fragments } from '../../src/engine/protocol.ts'

// Hostile questions to the built engine: each ends in a finding or in a fault that says what happened, within its
// deadline, and the next question is answered rightly.

const engine = createCueGo({ size: 1 })
t.teardown(() => engine.close())

const depth = 100_000

function cue(text: string): Fragments {
  const files = [{ name: 'a/a.cue', text: `package a\n\n${text}\n`, team: 'a' }]
  return { files, parts: [{ kind: 'package', team: 'a', dir: 'a' }], tags: {}, limits: [] }
}

function data(json: string): Fragments {
  return { files: [], parts: [{ kind: 'data', team: 'a', file: 'a.json', json }], tags: {}, limits: [] }
}

async function ask(fragments: Fragments, state = '{}', deadlineMs = 60_000): Promise<readonly EngineFinding[]> {
  const observed = { state, coverage: [{ path: [], status: 'covered' as const }], contested: [], masked: [] }
  const { findings } = await engine.check(
    { fragments, observed, drift: true },
    { deadlineMs, subject: 'checking `prod`' },
  )
  return findings
}

/** Runs one hostile question, then an ordinary one. */
function hostile(title: string, test: (t: Test) => Promise<void>): void {
  void t.test(title, async (t) => {
    await test(t)
    t.match(await ask(cue('x: >=2'), '{"x":1}'), [{ kind: 'mismatch', at: 'x' }], 'the next question is answered')
  })
}

hostile('100,000-deep fragments are unreadable', async (t) => {
  const texts = {
    parentheses: `a: ${'('.repeat(depth)}1${')'.repeat(depth)}`,
    structs: `a: ${'{b: '.repeat(depth)}1${'}'.repeat(depth)}`,
    lists: `a: ${'['.repeat(depth)}${']'.repeat(depth)}`,
    operators: `a: ${'-'.repeat(depth)}1`,
  }
  for (const [name, text] of Object.entries(texts)) {
    t.match(await ask(cue(text)), [{ kind: 'unreadable', conjuncts: [{ site: { file: 'a/a.cue' } }] }], name)
  }
  t.match(await ask(data(`${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`)), [{ kind: 'unreadable' }], 'plain data')
})

hostile('a 100,000-deep observed state is unreadable', async (t) => {
  for (const state of [
    `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`,
    `{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`,
  ]) {
    t.match(await ask(cue('a: _'), state), [{ kind: 'unreadable' }])
  }
})

hostile('twelve unions that no field tells apart end with their deadline', async (t) => {
  const alternatives = (i: number): string => `x: {a${i}?: int} | {b${i}?: int} | {c${i}?: int}`
  const unions = Array.from({ length: 12 }, (_, i) => alternatives(i)).join('\n')
  const other = engine.unify({ fragments: cue('x: 1') }, { deadlineMs: 60_000, subject: 'other' })
  await t.rejects(ask(cue(unions), '{"x":{}}', 1_500), {
    code: 'ENGINE_DEADLINE',
    message: /^checking `prod`: no answer within 1\.5 s; raise --timeout/,
  })
  t.same((await other).findings, [])
})

hostile('a value that fills the memory is a fault of its own', async (t) => {
  const doubled = Array.from({ length: 12 }, (_, i) => `x${i + 1}: "\\(x${i})\\(x${i})"`).join('\n')
  await t.rejects(ask(cue(`import "strings"\n\nx0: strings.Repeat("x", 1000000)\n${doubled}`)), {
    code: 'ENGINE_MEMORY',
    message: /^checking `prod`: the engine ran out of memory/,
    cause: { message: /out of memory/ },
  })
})

hostile('numbers of any size are compared as they are', async (t) => {
  t.match(await ask(cue('a: <5'), `{"a":${'9'.repeat(2_000)}}`), [{ kind: 'mismatch', at: 'a' }])
  t.match(await ask(cue('a: >5'), '{"a":1e-400}'), [{ kind: 'mismatch', at: 'a' }])
  t.same(await ask(cue('a: int'), '{"a":12345678901234567890123456789}'), [])
})
