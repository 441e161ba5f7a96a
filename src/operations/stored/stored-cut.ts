import { Fault } from '../../errors.ts'
import type { StoredSnapshot } from '../../model/stored-snapshot.ts'
import type { NamedFile } from '../../observation/cut-request.ts'
import type { Files, Tables } from '../../store/store.ts'

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

/** Which moment, and whether what was learned since counts. */
export interface Moment {
  /** Default: now. */
  readonly at?: Date
  readonly known: 'then' | 'now'
}

/** The snapshots that may take part in the cut of an environment at a moment. */
export async function candidatesAt(
  { snapshots }: Pick<Tables, 'snapshots'>,
  workspace: string,
  environment: string,
  { at, known }: Moment,
): Promise<readonly StoredSnapshot[]> {
  const until = at === undefined ? {} : known === 'now' ? { observedUntil: at } : { receivedUntil: at }
  return snapshots.candidates(workspace, environment, until)
}

/** How findings name a stored snapshot: `cluster-eu/977.json`. */
export function snapshotFile({ observer, sequence }: Pick<StoredSnapshot, 'observer' | 'sequence'>): string {
  const folder = encodeURIComponent(observer).replace(/^\.+$/, (dots) => '%2E'.repeat(dots.length))
  return `${folder}/${sequence}.json`
}
