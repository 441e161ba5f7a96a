// Starts an engine and puts one small document to it three times; prints what each step took, as JSON.
import { performance } from 'node:perf_hooks'
import { createCueGo } from '../src/engine/cue-go/cue-go.ts'
import { deploymentsWorkspace } from './deployments.ts'
import type { Run } from './measure/run.ts'
import { asRequest } from './workspaces.ts'

const request = { ...asRequest(deploymentsWorkspace(1)), drift: false }
const options = { deadlineMs: 60_000, subject: 'bench' }
const engine = createCueGo({ size: 1 })

async function timed(work: () => Promise<unknown>): Promise<Run> {
  const cpuBefore = process.cpuUsage()
  const start = performance.now()
  await work()
  const { user, system } = process.cpuUsage(cpuBefore)
  const memory = (process.resourceUsage().maxRSS * 1024) / 1e6
  return { wall: performance.now() - start, cpu: (user + system) / 1000, memory }
}

// Nothing to unify: what it takes is the start.
const steps = [await timed(() => engine.unify({ fragments: { files: [], parts: [], tags: {}, limits: [] } }, options))]
for (let round = 0; round < 3; round++) steps.push(await timed(() => engine.check(request, options)))
await engine.close()
process.stdout.write(JSON.stringify(steps))
