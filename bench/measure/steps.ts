import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Run } from './run.ts'

/** Runs a file of the benchmarks as a process of its own; it prints what each of its steps took. */
export function stepsOf(file: string, args: readonly string[]): readonly Run[] {
  const script = fileURLToPath(new URL(`../${file}`, import.meta.url))
  const ended = spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' })
  if (ended.status !== 0) throw new Error(`${file}: ${ended.stderr.trim()}`)
  const steps: readonly Run[] = JSON.parse(ended.stdout)
  return steps
}
