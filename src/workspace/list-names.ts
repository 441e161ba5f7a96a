import type { Dirent, readdirSync } from 'node:fs'
import { globSync } from 'tinyglobby'
import { compareText } from '../model/order.ts'
import { globProblem } from './glob.ts'
import { workspaceFile } from './workspace-file.ts'

/** What a listing needs of an entry of a folder. */
export type FolderEntry = Pick<Dirent, 'name' | 'isDirectory' | 'isFile' | 'isSymbolicLink'>

/**
 * Names of the files below a root that match any of the globs, in code-point order, from what `entries` says of each absolute folder: every
 * source takes globs alike. In a hidden folder only where a glob names it, never in `.git` or `node_modules`, never the workspace file.
 */
export function listNames(
  root: string,
  globs: readonly string[],
  entries: (folder: string) => readonly FolderEntry[],
): readonly string[] {
  const allowed = globs.filter((pattern) => globProblem(pattern) === undefined)
  if (allowed.length === 0) return []
  const names = globSync(allowed.map(withoutRegex), {
    cwd: root,
    expandDirectories: false,
    followSymbolicLinks: false,
    ignore: ['**/node_modules/**', '**/.git/**'],
    // One of the overloads of readdirSync, and the only one that a listing calls.
    fs: { readdirSync: entries as unknown as typeof readdirSync },
  })
  const named = (name: string) => allowed.some((pattern) => namesHiddenFolders(pattern, name))
  return [...new Set(names)].filter((name) => named(name) && name !== workspaceFile).sort(compareText)
}

/** Round brackets and their like are taken as characters of a name, not as a regular expression. */
function withoutRegex(pattern: string): string {
  return pattern.replaceAll(/[()|+@!]/g, String.raw`\$&`)
}

/** Whether each hidden folder on the way to a file stands in the glob, letter by letter, at the same place. */
function namesHiddenFolders(pattern: string, name: string): boolean {
  const labels = pattern.replace(/^(\.\/)+/, '').split('/')
  return name
    .split('/')
    .slice(0, -1)
    .every((folder, at) => !folder.startsWith('.') || labels[at] === folder)
}
