import t from 'tap'
import { readExemptions } from '../../src/workspace/read-exemptions.ts'
import { memorySource } from '../support/memory-source.ts'

const good = (id: string): string =>
  `  - { id: ${id}, rule: HA-1, path: a, owner: sre, reason: moves, expires: 2026-05-04 }\n`

t.test('one wrong exemption, document or file leaves the others as they are', async (t) => {
  const source = memorySource({
    'e/a.yaml': `exemptions:\n${good('E-2')}  - { id: 7, rule: x }\n${good('E-1')}---\nexemptions: 1\n---\n[]\n`,
    'e/b.yaml': `exemptions:\n${good('E-1')}`,
    'e/c.yaml': 'exemptions: [\n',
    'e/d.json': '{"exemptions":[{"__proto__":{"id":"x"}}]}',
    'other.yaml': `exemptions:\n${good('E-9')}`,
  })
  const { exemptions, problems } = await readExemptions({ exemptions: ['e/*'] }, source)
  t.strictSame(
    exemptions.map(({ id, file, line }) => [id, file, line]),
    [
      ['E-1', 'e/a.yaml', 4],
      ['E-1', 'e/b.yaml', 2],
      ['E-2', 'e/a.yaml', 2],
    ],
  )
  t.strictSame(
    [...new Set(problems.map(({ file, line }) => `${file}:${line}`))],
    ['e/a.yaml:3', 'e/a.yaml:6', 'e/a.yaml:8', 'e/c.yaml:2', 'e/d.json:1'],
  )
  t.strictSame(await readExemptions({}, source), { exemptions: [], problems: [] })
})
