import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../root.ts'
import { countFound } from './found.ts'
import type { Run, Variant } from './run.ts'

/** A whole process, from its start to its exit. */
export interface ProcessVariant {
  readonly name: string
  readonly command: readonly string[]
  readonly folder: string
  readonly env?: Readonly<Record<string, string>>
  /** The exit statuses that say that it answered; default 0 and 1: nothing found, something found. */
  readonly statuses?: readonly number[]
  /** What is wrong in the data, and what of it the output names. */
  readonly findings?: { readonly expected: ReadonlySet<string>; readonly named: (output: Output) => Iterable<string> }
  readonly setUp?: () => void
  readonly prepare?: () => void
}

/** What a process wrote. */
export interface Output {
  readonly out: string
  readonly err: string
}

/** A variant that is measured as a whole process. */
export function processVariant({ name, setUp, prepare, ...process }: ProcessVariant): Variant {
  return {
    name,
    ...(setUp && { setUp }),
    ...(prepare && { prepare }),
    run: () => runProcess(process),
  }
}

/** Runs a process to its end; throws if it could not be run or did not answer. */
export function runProcess(asked: Omit<ProcessVariant, 'name'>): Run {
  const { command, folder, env = {}, statuses = [0, 1], findings } = asked
  const outputs = mkdtempSync(join(tmpdir(), 'congruent-bench-'))
  try {
    const [out, err] = [join(outputs, 'out'), join(outputs, 'err')]
    const ended = spawnSync('python3', ['-S', join(root, 'bench/measure/meter.py'), out, err, ...command], {
      cwd: folder,
      env: { ...process.env, ...env },
      encoding: 'utf8',
    })
    if (ended.error !== undefined) throw new Error(`python3, which measures, cannot be run: ${ended.error.message}`)
    if (ended.status !== 0) throw new Error(lastLine(ended.stderr))
    const { wall, cpu, memory, status }: { [name: string]: number } = JSON.parse(ended.stdout)
    if (wall === undefined || cpu === undefined || memory === undefined || status === undefined)
      throw new Error(`not a measurement: ${ended.stdout}`)
    const output = { out: readFileSync(out, 'utf8'), err: readFileSync(err, 'utf8') }
    if (!statuses.includes(status)) throw new Error(`it ended with status ${status}: ${lastLine(output.err)}`)
    const run = { wall, cpu, memory }
    return findings === undefined ? run : { ...run, found: countFound(findings.expected, findings.named(output)) }
  } finally {
    rmSync(outputs, { recursive: true, force: true })
  }
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1)?.slice(0, 300) ?? ''
}
