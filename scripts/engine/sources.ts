import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Every file that decides what the built engine is, sorted by name: its Go files without tests, their module file, the
 * build itself. What only the native program has is not among them: it decides nothing of what an engine answers.
 */
export function listSources(root: string): string[] {
  const isBuild = (name: string): boolean => name.endsWith('.ts') && !/\/(verify|native|program)\.ts$/.test(name)
  return [
    ...filesBelow(root, 'engine', isGo, ['build', 'cmd', 'dist', 'native', 'testdata', 'vendor']),
    ...filesBelow(root, 'scripts/engine', isBuild, []),
    'engine/go.mod',
    'engine/go.sum',
    'src/engine/cue-go/wasi.ts',
  ].sort()
}

/** The Go files of the native program alone. */
export function listProgramSources(root: string): string[] {
  return filesBelow(root, 'engine/cmd', isGo, []).sort()
}

function isGo(name: string): boolean {
  return name.endsWith('.go') && !name.endsWith('_test.go')
}

/** SHA-256 over the names and contents of files, in the order given. */
export function digestFiles(root: string, names: readonly string[]): string {
  const hash = createHash('sha256')
  for (const name of names) hash.update(`${name}\0${sha256(readFileSync(join(root, name)))}\n`)
  return hash.digest('hex')
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function filesBelow(root: string, folder: string, take: (name: string) => boolean, skip: readonly string[]): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = `${folder}/${entry.name}`
    if (entry.isDirectory()) return skip.includes(entry.name) ? [] : filesBelow(root, name, take, [])
    return take(name) ? [name] : []
  })
}
