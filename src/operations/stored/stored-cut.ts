import { Fault } from '../../errors.ts'
import type { StoredSnapshot } from '../../model/stored-snapshot.ts'
import type { NamedFile } from '../../observation/cut-request.ts'
import type { Files } from '../../store/store.ts'

/** Stored snapshots as the files of a check: each says who sent it, so that it takes the settings of its observer. */
export function snapshotFiles(
  files: Pick<Files, 'get'>,
  workspace: string,
  snapshots: readonly StoredSnapshot[],
): readonly NamedFile[] {
  const names = new Set<string>()
  return snapshots.map((snapshot) => {
    const { observer, digest } = snapshot
    const plain = snapshotFile(snapshot)
    // Of one sequence there may be a snapshot of this environment, and one of every environment.
    const name = names.has(plain) ? plain.replace(/\.json$/, '-2.json') : plain
    names.add(name)
    return {
      name,
      reported: { observer, adapter: 'snapshot' },
      read: async () => {
        const bytes = await files.get(workspace, digest)
        if (bytes !== undefined) return { ok: true, bytes }
        throw new Fault('INTERNAL', `workspace \`${workspace}\`: the snapshot \`${name}\` is not in the store`)
      },
    }
  })
}

/** How findings name a stored snapshot: `cluster-eu/977.json`. */
export function snapshotFile({ observer, sequence }: Pick<StoredSnapshot, 'observer' | 'sequence'>): string {
  const folder = encodeURIComponent(observer).replace(/^\.+$/, (dots) => '%2E'.repeat(dots.length))
  return `${folder}/${sequence}.json`
}
