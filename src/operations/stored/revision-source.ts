import { Fault } from '../../errors.ts'
import { compareText } from '../../model/order.ts'
import type { Revision, RevisionParts } from '../../model/revision.ts'
import type { Files } from '../../store/store.ts'
import { bundleSource } from '../../workspace/bundle-source.ts'
import { readWorkspace } from '../../workspace/read-workspace.ts'
import type { Source } from '../../workspace/source.ts'
import { teamOfFile } from '../../workspace/team-of-file.ts'
import { workspaceFile } from '../../workspace/workspace-file.ts'

/** Bytes of files that are kept in memory, beside the sources in use. */
const mostBytes = 64 * 1024 * 1024

/** Gives the sources of revisions; equal parts of one workspace are read from the store once while there is room. */
export function revisionSources(files: Files): (revision: Revision) => Promise<Source> {
  const known = new Map<string, Promise<LoadedSource>>()
  const sizes = new Map<string, number>()
  return async ({ workspace, parts }) => {
    const key = JSON.stringify([workspace, partsOf(parts)])
    const found = known.get(key) ?? loadSource(files, workspace, parts)
    // The one that was used last is the last to go.
    known.delete(key)
    known.set(key, found)
    try {
      const { source, bytes } = await found
      sizes.set(key, bytes)
      forget(known, sizes)
      return source
    } catch (error) {
      known.delete(key)
      throw error
    }
  }
}

interface LoadedSource {
  readonly source: Source
  readonly bytes: number
}

function forget(known: Map<string, unknown>, sizes: Map<string, number>): void {
  let total = [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0)
  for (const key of known.keys()) {
    if (total <= mostBytes || known.size <= 1) return
    total -= sizes.get(key) ?? 0
    known.delete(key)
    sizes.delete(key)
  }
}

function partsOf(parts: RevisionParts): readonly unknown[] {
  return [parts.workspace, parts.shared ?? null, teamsOf(parts)]
}

function teamsOf({ teams }: RevisionParts): readonly (readonly [team: string, digest: string])[] {
  return Object.entries(teams).toSorted(([a], [b]) => compareText(a, b))
}

async function loadSource(files: Files, workspace: string, parts: RevisionParts): Promise<LoadedSource> {
  const { document, sets } = await contentOf(files, workspace, parts)
  return candidateSource(workspace, document, sets)
}

/** A file set with its files' bytes; the team undefined: the shared set. */
export interface LoadedSet {
  readonly team: string | undefined
  readonly files: ReadonlyMap<string, Uint8Array>
}

/** The bytes of a revision's parts: the workspace document, and the sets, that of no team first, then by team. */
export async function contentOf(
  files: Files,
  workspace: string,
  parts: RevisionParts,
): Promise<{ readonly document: Uint8Array; readonly sets: readonly LoadedSet[] }> {
  const document = await files.get(workspace, parts.workspace)
  if (document === undefined) throw lost(workspace, parts.workspace)
  const shared = parts.shared === undefined ? [] : [[undefined, parts.shared] as const]
  const sets = await Promise.all(
    [...shared, ...teamsOf(parts)].map(async ([team, digest]) => ({
      team,
      files: await filesOfSet(files, workspace, digest),
    })),
  )
  return { document, sets }
}

/**
 * The source that a workspace document and file sets come to. A team's set gives the files that are the team's by the document, and the shared
 * set those that are nobody's: what a document has given to another team since stays out until that team publishes it.
 */
export async function candidateSource(
  workspace: string,
  document: Uint8Array,
  sets: readonly LoadedSet[],
): Promise<LoadedSource> {
  const all = new Map([...sets.flatMap((set) => [...set.files]), [workspaceFile, document] as const])
  const naming = bundleSource(workspace, all)
  const teamOf = await teamOfFile((await readWorkspace(naming)).workspace, naming)
  const own = sets.flatMap((set) => [...set.files].filter(([name, bytes]) => teamOf(name, bytes) === set.team))
  // Should two sets hold one name, the first one's stays.
  const files = new Map([...own.toReversed(), [workspaceFile, document]])
  const bytes = [...files.values()].reduce((sum, file) => sum + file.byteLength, 0)
  return { source: bundleSource(workspace, files, { gaps: true }), bytes }
}

/** The files of one set, by name. */
export async function filesOfSet(
  files: Files,
  workspace: string,
  digest: string,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const set = await files.getSet(workspace, digest)
  if (set === undefined) throw lost(workspace, digest)
  const contents = await files.getMany(workspace, Object.values(set.files))
  return new Map(
    Object.entries(set.files).map(([name, content]) => {
      const bytes = contents.get(content)
      if (bytes === undefined) throw lost(workspace, content)
      return [name, bytes]
    }),
  )
}

function lost(workspace: string, digest: string): Fault {
  return new Fault('INTERNAL', `workspace \`${workspace}\`: the content \`${digest}\` is not in the store`)
}
