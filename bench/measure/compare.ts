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

/**
 * Runs the variants in turn, once uncounted and then so many rounds, so that a busy machine slows all of them. A variant
 * that cannot answer is left out, with its reason; one that finds too little is not.
 */
export async function compare({ variants, rounds: asked = rounds, ...table }: Comparison): Promise<Table> {
  const load = loadavg()[0] ?? 0
  const measured: { readonly variant: Variant; readonly runs: Run[] }[] = []
  const absent = [...table.absent]
  for (const variant of variants) {
    try {
      variant.setUp?.()
      variant.prepare?.()
      const first = await variant.run()
      measured.push({ variant, runs: first.wall > long.milliseconds ? [first] : [] })
    } catch (error) {
      absent.push(`${variant.name}: left out, ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  const wanted = new Map(measured.map((each) => [each, each.runs.length > 0 ? long.rounds : asked]))
  for (let round = 0; round < asked; round++) {
    for (const [{ variant, runs }, enough] of wanted) {
      if (runs.length >= enough) continue
      variant.prepare?.()
      runs.push(await variant.run())
    }
  }
  return { ...table, absent, load, rows: measured.map(({ variant, runs }) => rowOf(variant.name, runs)) }
}

/** What the runs of one variant come to. */
export function rowOf(name: string, runs: readonly Run[]): Row {
  const cpu = runs.map((run) => run.cpu)
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
  }
}
