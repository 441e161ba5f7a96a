import { spawnSync } from 'node:child_process'
import { cpus, loadavg } from 'node:os'
import { performance } from 'node:perf_hooks'

/** What one run took: milliseconds on the clock, and of all processors together. */
export interface Run {
  readonly wall: number
  readonly cpu: number
}

/** One way to answer the question; `run` throws if what it measured gave a wrong answer. */
export interface Variant {
  readonly name: string
  readonly run: () => Run | Promise<Run>
}

/**
 * Runs the variants in turn, once uncounted and then so many rounds, and returns a table of medians with the ratio of
 * each to the first. A variant that gives up is left out, with its reason.
 */
export async function compare(title: string, variants: readonly Variant[], rounds: number): Promise<string> {
  const runs = new Map<Variant, Run[]>()
  const reasons: string[] = []
  for (const variant of variants) {
    try {
      await variant.run()
      runs.set(variant, [])
    } catch (error) {
      reasons.push(`${variant.name}: left out, ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  for (let round = 0; round < rounds; round++) {
    for (const [variant, measured] of runs) measured.push(await variant.run())
  }
  const rows = [...runs].map(([{ name }, measured]) => ({
    name,
    wall: median(measured.map((run) => run.wall)),
    cpu: median(measured.map((run) => run.cpu)),
    least: Math.min(...measured.map((run) => run.wall)),
  }))
  const base = rows[0]
  const lines = rows.map(({ name, wall, cpu, least }) =>
    [
      name.padEnd(48),
      column(wall.toFixed(1)),
      column(least.toFixed(1)),
      column(cpu.toFixed(0)),
      column(base === undefined ? '' : (wall / base.wall).toFixed(2)),
      column(base === undefined || base.cpu === 0 ? '' : (cpu / base.cpu).toFixed(2)),
    ].join(''),
  )
  const head = ['', 'wall ms', 'least', 'cpu ms', 'wall ×', 'cpu ×'].map((text, i) =>
    i === 0 ? text.padEnd(48) : column(text),
  )
  return [`${title} (medians of ${rounds})`, head.join(''), ...lines, ...reasons, ''].join('\n')
}

/** A whole process, from start to exit, which must end with the given status. */
export function processVariant(name: string, command: readonly string[], status = 0, folder?: string): Variant {
  return {
    name,
    run() {
      const start = performance.now()
      const ended = spawnSync('sh', ['-c', '"$@" >/dev/null 2>&1; status=$?; times; exit $status', 'sh', ...command], {
        encoding: 'utf8',
        ...(folder === undefined ? {} : { cwd: folder }),
      })
      const wall = performance.now() - start
      if (ended.status !== status) throw new Error(`status ${ended.status} where ${status} was expected`)
      return { wall, cpu: cpuOfChildren(ended.stdout) }
    },
  }
}

/** Work in this process; `check` says what is wrong with its result, if anything. */
export function workVariant<T>(
  name: string,
  work: () => Promise<T>,
  check: (result: T) => string | undefined,
): Variant {
  return {
    name,
    async run() {
      const cpuBefore = process.cpuUsage()
      const start = performance.now()
      const result = await work()
      const wall = performance.now() - start
      const { user, system } = process.cpuUsage(cpuBefore)
      const wrong = check(result)
      if (wrong !== undefined) throw new Error(wrong)
      return { wall, cpu: (user + system) / 1000 }
    },
  }
}

/** The sizes to measure: those named on the command line, else all. */
export function sizes(all: readonly number[]): readonly number[] {
  const named = process.argv.slice(2).map(Number)
  return named.length > 0 ? named : all
}

/** What the figures were measured on: they mean something only beside each other. */
export function machine(): string {
  const [first] = cpus()
  const load = loadavg()[0]?.toFixed(1)
  return `Node ${process.version.slice(1)}, ${cpus().length} × ${first?.model ?? 'unknown processor'}, load ${load}\n`
}

/** The second line of the shell's `times`: user and system time of its children, as `0m1.250000s`. */
function cpuOfChildren(times: string): number {
  const children = times.split('\n')[1] ?? ''
  const spans = [...children.matchAll(/(\d+)m([\d.]+)s/g)]
  return spans.reduce((sum, [, minutes, seconds]) => sum + Number(minutes) * 60_000 + Number(seconds) * 1000, 0)
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  const [low, high] = [sorted[Math.ceil(middle) - 1] ?? NaN, sorted[Math.floor(middle)] ?? NaN]
  return (low + high) / 2
}

function column(text: string): string {
  return text.padStart(10)
}
