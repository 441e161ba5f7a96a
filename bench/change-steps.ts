// Keeps one Congruent open over a workspace of services and changes one observed service at a time; prints what each
// check took, as JSON: change-steps.js SERVICES FILES CHANGES. The observed services are spread over so many files.
import { performance } from 'node:perf_hooks'
import { createCongruent, createCueGo, folderSource, type CheckResult } from '../src/index.ts'
import { countFound } from './measure/found.ts'
import type { Run } from './measure/run.ts'
import { servicesWorkspace } from './services.ts'
import { inFolder, writeFiles } from './workspaces.ts'

const [count = 100, spread = 1, changes = 5] = process.argv.slice(2).map(Number)
const workspace = servicesWorkspace(count)
const { services }: { services: { [name: string]: { port: number } } } = JSON.parse(workspace.observed.text)
const names = Object.keys(services)
const perFile = Math.ceil(count / spread)

/** The file that a service was observed in, and what it holds. */
function observedFile(position: number): readonly [name: string, text: string] {
  const file = Math.floor(position / perFile)
  const here = names.slice(file * perFile, (file + 1) * perFile)
  const state = { services: Object.fromEntries(here.map((name) => [name, services[name]])) }
  return [`observed/${file}.json`, JSON.stringify(state, undefined, 1)]
}

await inFolder(async (folder) => {
  writeFiles(folder, workspace.files)
  writeFiles(folder, {
    'congruent.yaml': (workspace.files['congruent.yaml'] ?? '').replace(workspace.observed.file, 'observed/*.json'),
    ...Object.fromEntries(Array.from({ length: spread }, (_, file) => observedFile(file * perFile))),
  })
  const congruent = createCongruent({ engine: createCueGo() })
  const expected = new Set(workspace.deviating)
  const measured = async (): Promise<Run> => {
    const cpuBefore = process.cpuUsage()
    const start = performance.now()
    const result = await congruent.check({ source: folderSource(folder), deadlineMs: 600_000 })
    const wall = performance.now() - start
    const { user, system } = process.cpuUsage(cpuBefore)
    const memory = (process.resourceUsage().maxRSS * 1024) / 1e6
    return { wall, cpu: (user + system) / 1000, memory, found: countFound(expected, namedIn(result)) }
  }
  const steps = [await measured(), await measured()]
  for (let change = 0; change < changes; change++) {
    const position = (change * 97 + 3) % count
    const name = names[position] ?? ''
    const service = services[name]
    if (service !== undefined) service.port += 7
    expected.add(name)
    writeFiles(folder, Object.fromEntries([observedFile(position)]))
    steps.push(await measured())
  }
  await congruent.close()
  process.stdout.write(JSON.stringify(steps))
})

function namedIn({ report }: CheckResult): readonly string[] {
  return report.findings.map(({ path }) => path[1] ?? '')
}
