import { Fault } from '../errors.ts'
import { isPackFile } from '../model/pack.ts'
import { compareText } from '../model/order.ts'
import { readFragments } from '../workspace/read-fragments.ts'
import { readWorkspace } from '../workspace/read-workspace.ts'
import type { Source } from '../workspace/source.ts'
import { teamOfFile } from '../workspace/team-of-file.ts'
import { workspaceFile } from '../workspace/workspace-file.ts'

/** Files by their names in the workspace, sorted. */
export type FilesByName = ReadonlyMap<string, Uint8Array>

/** All of a workspace that a server needs to have the same desired state. */
export interface Bundle {
  readonly workspace: string
  /** `congruent.yaml` as it stands. */
  readonly document: Uint8Array
  /** Of each team of the workspace, in its order; a team that has nothing here has no files. */
  readonly teams: ReadonlyMap<string, FilesByName>
  /** Versions of the packs that it uses, by name: a server has its own. */
  readonly packs: ReadonlyMap<string, string>
  /** Of no team: exemptions, and what fragments import. */
  readonly shared: FilesByName
}

/**
 * Gathers what the fragments of every environment are read from, and whose it is. Fragments of a team may be absent: its own checkout
 * may be the only one that has them. Rejects with WORKSPACE_NOT_FOUND or WORKSPACE_INVALID.
 */
export async function bundle(source: Source): Promise<Bundle> {
  const { source: watched, files } = watch(source)
  const read = await readWorkspace(watched)
  const { workspace } = read
  for (const environment of read.environments) await readFragments(read, environment, watched)
  for (const name of await source.list(workspace.exemptions ?? [])) await watched.read(name)
  const document = files.get(workspaceFile)
  if (document === undefined) throw new Fault('WORKSPACE_NOT_FOUND', `no \`${workspaceFile}\` in \`${source.name}\``)
  files.delete(workspaceFile)
  const teamOf = await teamOfFile(workspace, source)
  const sorted = [...files].toSorted(([a], [b]) => compareText(a, b))
  const of = (team: string | undefined): FilesByName =>
    new Map(sorted.filter(([name, bytes]) => teamOf(name, bytes) === team))
  return {
    workspace: workspace.workspace,
    document,
    packs: new Map([...read.packs].map(([name, { version }]) => [name, version])),
    teams: new Map(Object.keys(workspace.teams).map((team) => [team, of(team)])),
    shared: of(undefined),
  }
}

/** A source of which every file that is read is kept. */
function watch(source: Source): { readonly source: Source; readonly files: Map<string, Uint8Array> } {
  const files = new Map<string, Uint8Array>()
  return {
    files,
    source: {
      ...source,
      gaps: true,
      read: async (name) => {
        const read = await source.read(name)
        // A server has packs of its own.
        if (read.ok && !isPackFile(name)) files.set(name, read.bytes)
        return read
      },
    },
  }
}
