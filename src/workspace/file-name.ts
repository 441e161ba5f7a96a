import { isPackFile } from '../model/pack.ts'
import { workspaceFile } from './workspace-file.ts'

/**
 * The name under which a file of a set is kept: relative to the workspace, with forward slashes, without `.` and empty labels. Or what is wrong
 * with it: a name that leads out, that no file system would take, or that is the workspace file's.
 */
function keptFileName(name: string): { readonly name: string } | { readonly problem: string } {
  if (name.length > 1000) return { problem: 'is longer than 1,000 characters' }
  if (/[\p{Cc}\p{Cs}]/u.test(name)) return { problem: 'holds a control character or half of one' }
  if (name.includes('\\')) return { problem: 'holds a backslash: folders are separated by `/`' }
  if (/^(?:\/|[A-Za-z]:\/)/.test(name)) return { problem: 'is absolute: write it relative to the workspace' }
  const labels = name.split('/').filter((label) => label !== '' && label !== '.')
  if (labels.includes('..')) return { problem: 'leaves the workspace with `..`' }
  if (labels.length === 0 || name.endsWith('/')) return { problem: 'names no file' }
  const kept = labels.join('/')
  if (kept === workspaceFile) return { problem: 'is the workspace file, which is put by itself' }
  return { name: kept }
}

/** Files under the names that they are kept by, and every problem of the names they have, sorted as given. With `packs` some may be of packs. */
export function keptFiles<Content>(
  files: Iterable<readonly [name: string, content: Content]>,
  { packs = false } = {},
): {
  readonly files: ReadonlyMap<string, Content>
  readonly problems: readonly { readonly name: string; readonly problem: string }[]
} {
  const kept = new Map<string, Content>()
  const problems: { name: string; problem: string }[] = []
  for (const [name, content] of files) {
    const found = keptFileName(name)
    if (!packs && 'name' in found && isPackFile(found.name))
      problems.push({ name, problem: 'begins as the files of packs do, which nobody sends' })
    else if ('problem' in found) problems.push({ name, problem: found.problem })
    else if (kept.has(found.name)) problems.push({ name, problem: 'is there twice' })
    else kept.set(found.name, content)
  }
  for (const name of kept.keys()) {
    const file = foldersOf(name).find((folder) => kept.has(folder))
    if (file !== undefined) problems.push({ name, problem: `lies in \`${file}\`, which is a file` })
  }
  return { files: kept, problems }
}

function foldersOf(name: string): readonly string[] {
  const labels = name.split('/')
  return labels.slice(1).map((_, index) => labels.slice(0, index + 1).join('/'))
}
