import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Every file that decides what the built engine is, sorted by name: its Go files without tests, their module file, the
 * build itself.
 */
export function listSources(root: string): string[] {
  const isGo = (name: string): boolean => name.endsWith('.go') && !name.endsWith('_test.go')
  return [
    ...filesBelow(root, 'engine', isGo, ['build', 'dist', 'testdata', 'vendor']),
    ...filesBelow(root, 'scripts/engine', (name) => name.endsWith('.ts') && !name.endsWith('/verify.ts'), []),
    'engine/go.mod',
    'engine/go.sum',
    'src/engine/cue-go/wasi.ts',
  ].sort()
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
