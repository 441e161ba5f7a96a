// Keeps one Congruent open and checks the pods of the corpus, each alone in a workspace of its own; prints what each took,
// as JSON: pod-steps.js [NATIVE-ENGINE]. Before, it checks as many in namespaces of other names, which is not measured.
import { performance } from 'node:perf_hooks'
import { createCongruent, createCueGo, createCueNative } from '../src/index.ts'
import { bundleSource } from '../src/workspace/bundle-source.ts'
import type { Run } from './measure/run.ts'
import { lonePods, type LonePod } from './pod-objects.ts'
import { podWorkspace } from './pod-security.ts'

const [program] = process.argv.slice(2)
const congruent = createCongruent({
  engine: program === undefined ? createCueGo() : createCueNative({ path: program }),
})

async function measured({ objects, wrong }: LonePod): Promise<Run> {
  const files = { ...podWorkspace, 'objects.json': JSON.stringify(objects) }
  const bytes = Object.entries(files).map(([name, text]): [string, Uint8Array] => [name, Buffer.from(text)])
  const cpuBefore = process.cpuUsage()
  const start = performance.now()
  const { report } = await congruent.check({ source: bundleSource('pods', new Map(bytes)) })
  const wall = performance.now() - start
  const { user, system } = process.cpuUsage(cpuBefore)
  if (report.verdict !== (wrong ? 'violates' : 'conforms')) throw new Error(`misjudged: ${files['objects.json']}`)
  return { wall, cpu: (user + system) / 1000, memory: (process.resourceUsage().maxRSS * 1024) / 1e6 }
}

for (const pod of lonePods('warm-') ?? []) await measured(pod)
const runs: Run[] = []
for (const pod of lonePods() ?? []) runs.push(await measured(pod))
await congruent.close()
process.stdout.write(JSON.stringify(runs))
