import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { go, readPins, whyNotBuildable, type Pins } from './go.ts'
import { trimCue } from './trim.ts'

/** A copy of the engine's sources, ready to be built: with all that it needs in `vendor`, and CUE trimmed. */
export interface Copy {
  readonly folder: string
  /** Its Go module, where `run` runs the Go command. */
  readonly module: string
  readonly pins: Pins
  readonly goRoot: string
  readonly run: (...args: string[]) => string
}

/** Copies files of the project into a temporary folder, where `build` works on them; `environment` is that of the Go command. */
export function inCopy<T>(
  root: string,
  files: readonly string[],
  environment: Readonly<Record<string, string>>,
  build: (copy: Copy) => T,
): T {
  const pins = readPins(root)
  const obstacle = whyNotBuildable(pins)
  if (obstacle !== undefined) throw new Error(obstacle)
  const folder = mkdtempSync(join(tmpdir(), 'congruent-engine-'))
  try {
    for (const name of files) {
      mkdirSync(dirname(join(folder, name)), { recursive: true })
      cpSync(join(root, name), join(folder, name))
    }
    const module = join(folder, 'engine')
    const run = (...args: string[]): string => go(module, args, environment)
    run('mod', 'vendor')
    trimCue(join(module, 'vendor'))
    return build({ folder, module, pins, goRoot: run('env', 'GOROOT').trim(), run })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
