import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import t from 'tap'
import { createCongruent, createCueGo, type Report } from '../../src/index.ts'
import { memorySource } from '../support/memory-source.ts'

const files = Object.fromEntries(
  readdirSync('examples/shop', { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`.replaceAll('\\', '/'))
    .map((path): [string, string] => [path.replace('examples/shop/', ''), readFileSync(path, 'utf8')]),
)

/** A report without the names and order of its inputs. */
function essence({ environments, ...report }: Report): unknown {
  return { ...report, environments: environments.map(({ name, verdict, desired }) => ({ name, verdict, desired })) }
}

/** The teams of a workspace file in another order. */
function reordered(text: string, order: readonly string[]): string {
  const lines = text.split('\n')
  const start = lines.indexOf('teams:') + 1
  const end = lines.findIndex((line, index) => index >= start && /^\S/.test(line))
  const teams: Record<string, string[]> = {}
  let team = ''
  for (const line of lines.slice(start, end)) {
    team = /^ {2}(\w+):/.exec(line)?.[1] ?? team
    if (team !== '') teams[team] = [...(teams[team] ?? []), line]
  }
  return [...lines.slice(0, start), ...order.flatMap((name) => teams[name] ?? []), ...lines.slice(end)].join('\n')
}

t.test('the order of files and teams changes nothing in a report', async (t) => {
  const congruent = createCongruent({ engine: createCueGo(), clock: () => new Date('2026-11-20T12:00:00Z') })
  t.teardown(() => congruent.close())
  const { report } = await congruent.check({ source: memorySource(files) })
  t.ok(report.findings.length > 5, 'there is something to compare')
  const expected = JSON.stringify(essence(report))
  const names = Object.keys(files)
  await fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray(names, { minLength: names.length }),
      fc.shuffledSubarray(['platform', 'security', 'payments'], { minLength: 3 }),
      async (order, teams) => {
        const shuffled = Object.fromEntries(order.map((name) => [name, files[name] ?? '']))
        shuffled['congruent.yaml'] = reordered(files['congruent.yaml'] ?? '', teams)
        const source = memorySource(shuffled)
        const again = await congruent.check({
          source: { ...source, list: async (globs) => (await source.list(globs)).toReversed() },
        })
        t.equal(JSON.stringify(essence(again.report)), expected)
      },
    ),
    { numRuns: 12 },
  )
})
