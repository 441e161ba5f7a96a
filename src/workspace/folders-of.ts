import { posix } from 'node:path'
import type { FolderEntry } from './list-names.ts'

/** What each folder holds, from the names of all files. */
export function foldersOf(names: Iterable<string>): ReadonlyMap<string, readonly FolderEntry[]> {
  const folders = new Map<string, Map<string, FolderEntry>>([['.', new Map()]])
  for (const name of names) {
    let kind: 'file' | 'folder' = 'file'
    for (let path = name; path !== '.'; path = posix.dirname(path)) {
      const folder = posix.dirname(path)
      const entries = folders.get(folder) ?? new Map<string, FolderEntry>()
      folders.set(folder, entries)
      const label = posix.basename(path)
      if (entries.get(label)?.isDirectory() === true) break
      entries.set(label, entry(label, kind))
      kind = 'folder'
    }
  }
  return new Map(Array.from(folders, ([folder, entries]) => [folder, [...entries.values()]]))
}

function entry(name: string, kind: 'file' | 'folder'): FolderEntry {
  return {
    name,
    isDirectory: () => kind === 'folder',
    isFile: () => kind === 'file',
    isSymbolicLink: () => false,
  }
}
