import { readdirSync, readFileSync } from 'node:fs'
import t from 'tap'
import { Fault, faults } from '../src/errors.ts'

const page = readFileSync('docs/errors.md', 'utf8')

t.test('the page of faults and the table list the same codes with the same statuses', async (t) => {
  const rows = Array.from(page.matchAll(/^\| `([A-Z_]+)` \| (\d+) \| (\d) \| (.+) \|$/gm), ([, code, http, exit]) => [
    code,
    Number(http),
    Number(exit),
  ])
  t.strictSame(
    rows,
    Object.entries(faults).map(([code, { http, exit }]) => [code, http, exit]),
  )
})

t.test('no code of the past returns', async (t) => {
  const retired = /^Codes that are no longer in use.*$/m.exec(page)?.[0] ?? ''
  t.not(retired, '')
  for (const code of Object.keys(faults)) t.notMatch(retired, `\`${code}\``)
})

t.test('every code is in use', async (t) => {
  const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && name !== 'errors.ts')
    .map((name) => readFileSync(`src/${name}`, 'utf8'))
    .join('\n')
  for (const code of Object.keys(faults)) t.match(sources, `'${code}'`)
})

t.test('a fault keeps its code, its places and its cause', async (t) => {
  const cause = new Error('within')
  const fault = new Fault('USAGE', 'wrong', { cause, places: [{ message: 'here', file: 'x' }] })
  t.match(fault, { code: 'USAGE', message: 'wrong', cause, places: [{ message: 'here', file: 'x' }] })
  t.strictSame(new Fault('INTERNAL', 'x').places, [])
  t.notOk('cause' in new Fault('INTERNAL', 'x'))
})
