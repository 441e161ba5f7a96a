// How long after it is asked for is the engine ready, in a process of its own, and how long does its first check take?
import { spawnSync } from 'node:child_process'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { createCueGo } from '../src/engine/cue-go/cue-go.ts'
import { deploymentsWorkspace } from './deployments.ts'
import { compare, machine, type Run } from './measure.ts'
import { asRequest } from './workspaces.ts'

const steps = ['ready', 'first', 'second', 'third'] as const
type Steps = Readonly<Record<(typeof steps)[number], Run>>

if (process.argv.includes('--once')) process.stdout.write(JSON.stringify(await once()))
else process.stdout.write(`${machine()}${await compare('engine, from being asked for', variants(), 11)}\n`)

/** The steps come one after the other in each process; each is measured in processes of its own. */
function variants() {
  const names = {
    ready: 'ready, nothing unified',
    first: 'first check of a small document',
    second: 'second check',
    third: 'third check',
  }
  return steps.map((step) => ({
    name: names[step],
    run(): Run {
      const ended = spawnSync(process.execPath, [fileURLToPath(import.meta.url), '--once'], { encoding: 'utf8' })
      if (ended.status !== 0) throw new Error(ended.stderr.trim())
      const measured: Steps = JSON.parse(ended.stdout)
      return measured[step]
    },
  }))
}

async function once(): Promise<Steps> {
  const request = { ...asRequest(deploymentsWorkspace(1)), drift: false }
  const options = { deadlineMs: 60_000, subject: 'bench' }
  const timed = async (work: () => Promise<unknown>): Promise<Run> => {
    const cpuBefore = process.cpuUsage()
    const start = performance.now()
    await work()
    const { user, system } = process.cpuUsage(cpuBefore)
    return { wall: performance.now() - start, cpu: (user + system) / 1000 }
  }
  const none = { files: [], parts: [], tags: {}, limits: [] }
  const engine = createCueGo({ size: 1 })
  // Nothing to unify: what it takes is the start.
  const ready = await timed(() => engine.unify({ fragments: none }, options))
  const check = (): Promise<Run> => timed(() => engine.check(request, options))
  const measured = { ready, first: await check(), second: await check(), third: await check() }
  await engine.close()
  return measured
}
