import { loadavg } from 'node:os'
import { worstFound } from './found.ts'
import type { Run, Variant } from './run.ts'
import { median } from './statistics.ts'
import type { Row, Table } from './table.ts'

/** What is asked, of how many, and how to answer it. */
export interface Comparison extends Pick<Table, 'id' | 'title' | 'entities' | 'base' | 'absent'> {
  readonly variants: readonly Variant[]
  /** How often each is run; default 5. */
  readonly rounds?: number
}

const rounds = 5
/** A variant whose first run takes longer than this is run less often, and its first run counts. */
const long = { milliseconds: 10_000, rounds: 3 }

/** A variant while it is measured. */
interface Measured {
  readonly variant: Variant
  readonly runs: Run[]
  /** How many runs are enough. */
  enough: number
  /** Why it is left out. */
  fault?: string
}

/**
 * Runs the variants in turn, once uncounted and then so many rounds, so that a busy machine slows all of them. A variant
 * that cannot answer is left out, with its reason; one that finds too little is not.
 */
export async function compare({ variants, rounds: asked = rounds, ...table }: Comparison): Promise<Table> {
  const load = loadavg()[0] ?? 0
  const all = variants.map((variant): Measured => ({ variant, runs: [], enough: asked }))
  for (const each of all) {
    const first = await runOnce(each, () => each.variant.setUp?.())
    if (first === undefined || first.wall <= long.milliseconds) continue
    each.runs.push(first)
    each.enough = Math.min(asked, long.rounds)
  }
  for (let round = 0; round < asked; round++) {
    for (const each of all) {
      if (each.fault !== undefined || each.runs.length >= each.enough) continue
      const run = await runOnce(each)
      if (run !== undefined) each.runs.push(run)
    }
  }
  const left = all.flatMap(({ variant, fault }) => (fault === undefined ? [] : [`${variant.name}: left out, ${fault}`]))
  const rows = all.filter(({ fault }) => fault === undefined).map(({ variant, runs }) => rowOf(variant.name, runs))
  return { ...table, absent: [...table.absent, ...left], load, rows }
}

/** One run; undefined, and the reason noted, if it did not answer. */
async function runOnce(each: Measured, before?: () => void): Promise<Run | undefined> {
  try {
    before?.()
    each.variant.prepare?.()
    return await each.variant.run()
  } catch (error) {
    each.fault = error instanceof Error ? error.message : String(error)
    return undefined
  }
}

/** What the runs of one variant come to. */
export function rowOf(name: string, runs: readonly Run[]): Row {
  const cpu = runs.map((run) => run.cpu)
  const latencies = (which: 'p50' | 'p99'): readonly number[] =>
    runs.flatMap((run) => (run[which] === undefined ? [] : [run[which]]))
  const [p50, p99] = [latencies('p50'), latencies('p99')]
  const found = worstFound(runs.flatMap((run) => (run.found === undefined ? [] : [run.found])))
  return {
    name,
    wall: median(runs.map((run) => run.wall)),
    cpu: median(cpu),
    cpuFrom: Math.min(...cpu),
    cpuTo: Math.max(...cpu),
    memory: median(runs.map((run) => run.memory)),
    runs: runs.length,
    ...(found && { found }),
    ...(p50.length > 0 && { p50: median(p50) }),
    ...(p99.length > 0 && { p99: median(p99) }),
  }
}
