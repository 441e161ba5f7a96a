import { sha256 } from '../../../model/sha256.ts'
import { Fault } from '../../../errors.ts'
import type { FileSet } from '../../../model/revision.ts'
import { suggestion } from '../../../schema/did-you-mean.ts'
import { bundleSource } from '../../../workspace/bundle-source.ts'
import { keptFiles } from '../../../workspace/file-name.ts'
import { readWorkspace } from '../../../workspace/read-workspace.ts'
import { teamOfFile } from '../../../workspace/team-of-file.ts'
import { workspaceFile } from '../../../workspace/workspace-file.ts'
import type { LoadedSet } from '../revision-source.ts'

/** Files under the names that they are kept by. Names that cannot be kept are a Fault of the given code, with each of them. */
export function namedFiles(
  files: Iterable<readonly [name: string, bytes: Uint8Array]>,
  code: 'BODY_INVALID' | 'ARCHIVE_INVALID',
): ReadonlyMap<string, Uint8Array> {
  const kept = keptFiles(files)
  refuse(
    code,
    kept.problems.map(({ name, problem }) => ({ file: name, message: `the name \`${name}\` ${problem}` })),
  )
  return kept.files
}

/**
 * Refuses files that are not for this set to hold: those of another team by the workspace document, those of none (or, for the shared set, of any),
 * and names that another set holds already.
 */
export async function refuseForeignFiles(
  workspace: string,
  document: Uint8Array,
  set: LoadedSet,
  others: readonly LoadedSet[],
): Promise<void> {
  const source = bundleSource(workspace, new Map([...set.files, [workspaceFile, document]]))
  const read = await readWorkspace(source)
  const teams = Object.keys(read.workspace.teams)
  if (set.team !== undefined && !teams.includes(set.team))
    throw new Fault('NOT_FOUND', `workspace \`${workspace}\` has no team \`${set.team}\`${suggestion(set.team, teams)}`)
  const teamOf = await teamOfFile(read.workspace, source)
  const foreign = [...set.files].flatMap(([file, bytes]) => {
    const team = teamOf(file, bytes)
    if (team !== set.team) return [{ file, message: `\`${file}\` belongs to ${ownerWords(team)}` }]
    const other = others.find((candidate) => candidate.team !== set.team && candidate.files.has(file))
    return other === undefined
      ? []
      : [{ file, message: `\`${file}\` is in the files of ${ownerWords(other.team)} already` }]
  })
  refuse('BODY_INVALID', foreign)
}

/** Whether a set holds just these files. */
export function isSameSet(set: FileSet | undefined, files: ReadonlyMap<string, Uint8Array>): boolean {
  if (set === undefined || Object.keys(set.files).length !== files.size) return false
  return [...files].every(([name, bytes]) => Object.hasOwn(set.files, name) && set.files[name] === sha256(bytes))
}

function ownerWords(team: string | undefined): string {
  return team === undefined ? 'no team by the fragment paths of the workspace' : `team \`${team}\``
}

const mostTold = 50

function refuse(code: 'BODY_INVALID' | 'ARCHIVE_INVALID', places: readonly { file: string; message: string }[]): void {
  const [first, second] = places
  if (first === undefined) return
  const message =
    second === undefined ? first.message : `${places.length} files cannot be kept here: ${first.message}, …`
  throw new Fault(code, message, { places: places.slice(0, mostTold) })
}
