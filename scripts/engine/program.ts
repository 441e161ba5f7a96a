import { execFileSync } from 'node:child_process'
import { chmodSync, copyFileSync, existsSync, mkdirSync, renameSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { programName } from '../../src/engine/cue-native/program.ts'
import { inCopy } from './copy.ts'
import { describeSources } from './manifest.ts'
import { listProgramSources, listSources } from './sources.ts'

/** Where the native program lies, from the root of the project. */
export const programFile = `engine/native/${programName(process.platform)}`

/**
 * Builds the engine as a program for this machine, from the same sources and the same trimmed CUE as the WebAssembly
 * module, and stamps it with their digest. It appears whole or not at all: another process may be running the old one.
 */
export function buildProgram(root: string): void {
  const { sha256 } = describeSources(root)
  const target = join(root, programFile)
  const flags = ['-mod=vendor', '-trimpath', '-buildvcs=false', `-ldflags=-s -w -buildid= -X main.builtFrom=${sha256}`]
  inCopy(root, [...listSources(root), ...listProgramSources(root)], { CGO_ENABLED: '0' }, ({ module, run }) => {
    run('build', ...flags, '-o', 'program', './cmd/congruent-engine')
    mkdirSync(dirname(target), { recursive: true })
    copyFileSync(join(module, 'program'), `${target}.new`)
    chmodSync(`${target}.new`, 0o755)
    renameSync(`${target}.new`, target)
  })
}

/** Whether the native program is there and was built from the sources as they are. */
export function isProgramCurrent(root: string): boolean {
  const target = join(root, programFile)
  if (!existsSync(target)) return false
  const version = execFileSync(target, ['--version'], { encoding: 'utf8' })
  return version.trimEnd().endsWith(` ${describeSources(root).sha256}`)
}
