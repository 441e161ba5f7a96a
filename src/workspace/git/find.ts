import type { Blob, Tree } from './tree.ts'

/** What a name of a revision leads to, links followed. */
export type Found =
  | { readonly kind: 'file'; readonly blob: Blob }
  /** `path` is free of links. */
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 'unread'; readonly submodule: string }
  | { readonly kind: 'outside' | 'endless' | 'absent' }

const mostLinks = 40

/** Follows a name from the workspace's folder, label by label as a file system does. `links` says where each link leads. */
export function findIn(tree: Tree, links: ReadonlyMap<string, string>, name: string): Found {
  let at: readonly string[] = []
  let followed = 0
  const left = name.split('/').toReversed()
  while (left.length > 0) {
    const label = left.pop() ?? ''
    if (label === '' || label === '.') continue
    if (label === '..') {
      if (at.length === 0) return { kind: 'outside' }
      at = at.slice(0, -1)
      continue
    }
    const path = [...at, label].join('/')
    const entry = tree.get(at.join('/') || '.')?.get(label)
    if (entry === undefined) return { kind: 'absent' }
    if (entry.kind === 'unread') return { kind: 'unread', submodule: path }
    if (entry.kind === 'file') return left.some((more) => more !== '') ? { kind: 'absent' } : entry
    if (entry.kind === 'folder') {
      at = [...at, label]
      continue
    }
    followed += 1
    if (followed > mostLinks) return { kind: 'endless' }
    const target = links.get(path) ?? ''
    if (target.startsWith('/')) return { kind: 'outside' }
    left.push(...target.split('/').toReversed())
  }
  return { kind: 'folder', path: at.join('/') || '.' }
}
