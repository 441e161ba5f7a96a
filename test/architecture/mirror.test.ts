import { existsSync, readdirSync } from 'node:fs'
import t from 'tap'

// Tests of a whole, which mirror no single file.
const wholes = [
  'architecture/',
  'scenarios',
  'examples/',
  'docs/',
  'policies/',
  'corpora',
  'packaging',
  'robustness',
  'readme',
  'replicas/',
  'engine/artifact',
  'engine/vectors',
  'evaluation/equality',
  'kubernetes/round-trip',
  'http/hostile',
  'policies/',
  'web/',
]

function list(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .sort()
}

t.test('a test file stands where its source stands', async (t) => {
  const tests = list('test').filter((name) => name.endsWith('.test.ts'))
  t.ok(tests.length > 5, 'tests were found')
  for (const test of tests) {
    if (wholes.some((whole) => test.startsWith(whole))) continue
    const source = test.replace(/\.test\.ts$/, '')
    t.ok(
      existsSync(`src/${source}.ts`) || existsSync(`src/${source}`),
      `test/${test} has src/${source}.ts or src/${source}/`,
    )
  }
})

t.test('names are telling: no drawers', async (t) => {
  for (const name of list('src')) t.notMatch(name, /(^|\/)(utils?|helpers?|common|misc|lib)(\/|\.ts$)/)
})
