import type { SourceFile } from '../engine/protocol.ts'
import { toJson } from '../document/to-json.ts'
import { isDataObject, type Data } from '../model/data.ts'
import { mapAt } from '../model/data-map.ts'
import { packFile } from '../model/pack.ts'
import type { Path, Position } from '../model/path.ts'
import type { PackEntry } from '../model/workspace.ts'
import type { Claim } from './claims.ts'
import type { NeededText } from './cue-packages.ts'
import type { ReadWorkspace } from './read-workspace.ts'

/** Text that was made of a file of the workspace: each line says a value of it. */
export interface MadeText {
  readonly file: SourceFile
  /** Where the value of a line of the text stands in `congruent.yaml`. */
  readonly locate: (line: number) => Position
}

/**
 * What the workspace file sets of the parameters of the packs that take part, as files of the packs' own packages: the definition of a pack's
 * parameters is open to every fragment, and so to this one.
 */
export function packParameters(
  claims: readonly Claim[],
  texts: readonly NeededText[],
  { workspace, packs, locate }: Pick<ReadWorkspace, 'workspace' | 'packs' | 'locate'>,
): readonly MadeText[] {
  return claims.flatMap(({ pack, active, team, pointer, path }) => {
    if (pack === undefined || !active || path.kind !== 'package') return []
    const definition = packs.get(pack)?.parameters?.definition
    const base = pointer.slice(0, 2)
    const entry = workspace.packs?.[Number(base[1])]
    const name = texts.find((text) => text.package !== undefined && text.name.startsWith(`${path.dir}/`))?.package
    const given = leaves(parametersOf(entry), [])
    if (definition === undefined || name === undefined || given.length === 0) return []
    const lines = given.map(
      ({ path: at, value }) =>
        `${[definition, ...at.map((label) => JSON.stringify(label))].join(': ')}: ${toJson(value)}`,
    )
    return [
      {
        file: { name: packFile(pack, 'congruent.yaml.cue'), text: [`package ${name}`, ...lines, ''].join('\n'), team },
        locate: (line) => locate([...base, 'parameters', ...(given[line - 2]?.path ?? [])]),
      },
    ]
  })
}

/** A parameter that the workspace file sets. */
export interface SetParameter {
  readonly team: string
  /** The definition that holds it, as CUE writes it, and the way below. */
  readonly definition: string
  readonly path: Path
  readonly value: Data
  /** In `congruent.yaml`. */
  readonly position: Position
}

/** What the workspace file sets of the packs that take part in an environment. */
export function setParameters(
  { workspace, packs, locate }: Pick<ReadWorkspace, 'workspace' | 'packs' | 'locate'>,
  environment: string,
): readonly SetParameter[] {
  return (workspace.packs ?? []).flatMap((entry, index) => {
    const { pack, team, environments }: PackEntry = typeof entry === 'string' ? { pack: entry } : entry
    const definition = packs.get(pack)?.parameters?.definition
    if (definition === undefined || environments?.includes(environment) === false) return []
    return leaves(parametersOf(entry), []).map(({ path, value }) => ({
      team: team ?? pack,
      definition,
      path,
      value,
      position: locate(['packs', `${index}`, 'parameters', ...path]),
    }))
  })
}

function parametersOf(entry: string | PackEntry | undefined): Data {
  // It was read as data, and a part of it is data, too.
  return mapAt((entry ?? null) as Data, 'parameters') ?? null
}

/** Values that are no maps, with the way to each; an empty map says nothing. */
function leaves(value: Data, path: Path): readonly { readonly path: Path; readonly value: Data }[] {
  if (isDataObject(value)) return Object.entries(value).flatMap(([label, member]) => leaves(member, [...path, label]))
  return path.length === 0 ? [] : [{ path, value }]
}
