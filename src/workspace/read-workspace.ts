import { readDocuments } from '../document/read.ts'
import { Fault, type FaultPlace } from '../errors.ts'
import type { Data } from '../model/data.ts'
import { memberOf } from '../model/data-map.ts'
import type { Document } from '../model/document.ts'
import { compareText } from '../model/order.ts'
import type { PackDocument } from '../model/pack.ts'
import type { Path, Position } from '../model/path.ts'
import type { Note } from '../model/report.ts'
import type { Workspace } from '../model/workspace.ts'
import { packNames, readPack } from '../packs/read-pack.ts'
import { schemaProblems } from '../schema/problems.ts'
import { validateWorkspace } from '../schema/validators.js'
import { environmentNames } from './environments.ts'
import { elements } from './problems/members.ts'
import { nameOfPack, type KnownPacks } from './problems/packs.ts'
import type { WorkspaceProblem } from './problems/texts.ts'
import type { Source } from './source.ts'
import { workspaceFile } from './workspace-file.ts'
import { workspaceProblems } from './workspace-problems.ts'

/** A workspace as its file says, with the way back to the lines of the file. */
export interface ReadWorkspace {
  readonly workspace: Workspace
  /** Sorted names; one named `default` where the file gives none. */
  readonly environments: readonly string[]
  /** The packs that it names, by name. */
  readonly packs: ReadonlyMap<string, PackDocument>
  /** Where a value (or, for `key`, a label) of the file stands; `offset` is a place inside the text of a value. */
  readonly locate: (pointer: Path, target?: 'key' | 'value', offset?: number) => Position
  readonly notes: readonly Note[]
}

/** Reads `congruent.yaml` of a source. Throws one Fault, WORKSPACE_NOT_FOUND or WORKSPACE_INVALID, with every problem and its place. */
export async function readWorkspace(source: Source): Promise<ReadWorkspace> {
  const bytes = await workspaceBytes(source)
  const { documents, unreadable, notes } = readDocuments(workspaceFile, bytes, { format: 'yaml' })
  if (unreadable.length > 0)
    throw invalid(
      source,
      unreadable.map(({ message, position }) => placeOf(message, position)),
    )
  const [document, second] = documents
  if (document === undefined || document.data === null)
    throw invalid(source, [
      placeOf('the file is empty: it needs at least `workspace` and `teams`', { line: 1, column: 1 }),
    ])
  if (second !== undefined)
    throw invalid(source, [placeOf('the file holds more than one document: a workspace is one', second.locate([]))])

  const locate = locator(document, bytes)
  const known = await packsOf(document.data, source)
  const problems: readonly WorkspaceProblem[] = [
    ...schemaProblems(validateWorkspace, document.data),
    ...workspaceProblems(document.data, known),
  ]
  if (problems.length > 0)
    throw invalid(
      source,
      problems.map(({ message, pointer, target, offset }) => placeOf(message, locate(pointer, target, offset))),
    )
  // The schema has just been found to fit.
  const workspace = document.data as unknown as Workspace
  return {
    workspace,
    environments: environmentNames(Object.keys(workspace.environments ?? {})),
    packs: known.packs,
    locate,
    notes,
  }
}

/** The packs that there are, and those that the workspace names; nothing is looked for where it names none. */
async function packsOf(data: Data, source: Source): Promise<KnownPacks> {
  const wanted = new Set(elements(data, 'packs').flatMap(([, entry]) => nameOfPack(entry) ?? []))
  if (wanted.size === 0) return { names: [], packs: new Map() }
  const names = await packNames(source)
  const found = await Promise.all(
    names.filter((name) => wanted.has(name)).map(async (name) => [name, await readPack(name, source)] as const),
  )
  return { names, packs: new Map(found.flatMap(([name, pack]) => (pack === undefined ? [] : [[name, pack] as const]))) }
}

async function workspaceBytes(source: Source): Promise<Uint8Array> {
  const read = await source.read(workspaceFile)
  if (read.ok) return read.bytes
  if (read.reason !== 'absent') throw invalid(source, [{ message: read.message, file: workspaceFile }])
  const above = await source.above?.(workspaceFile)
  const hint =
    above === undefined
      ? 'make a workspace with `congruent init`'
      : `there is \`${above}\`: name its folder with \`-C\``
  throw new Fault('WORKSPACE_NOT_FOUND', `no \`${workspaceFile}\` in \`${source.name}\`; ${hint}`)
}

function placeOf(message: string, position: Position | undefined): FaultPlace {
  return { message, file: workspaceFile, ...position }
}

/** The fault of a workspace file, its places in the order of the file. */
function invalid(source: Source, places: readonly FaultPlace[]): Fault {
  const sorted = places.toSorted(
    (a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0) || compareText(a.message, b.message),
  )
  const count = sorted.length === 1 ? 'a problem' : `${sorted.length} problems`
  return new Fault('WORKSPACE_INVALID', `\`${workspaceFile}\` in \`${source.name}\` has ${count}`, { places: sorted })
}

/** Places inside the text of a value are exact where the file writes the text on one line, as it is; otherwise the value's own place. */
function locator(document: Document, bytes: Uint8Array): ReadWorkspace['locate'] {
  let lines: readonly string[] | undefined
  return (pointer, target = 'value', offset = 0) => {
    const position = document.locate(pointer, target)
    if (offset === 0) return position
    lines ??= new TextDecoder().decode(bytes).split(/\r\n|\r|\n/)
    const written = lines[position.line - 1]?.slice(position.column - 1) ?? ''
    const quote = /^['"]/.test(written) ? 1 : 0
    const value = pointer.reduce<Data | undefined>(
      (data, label) => (Array.isArray(data) ? data[Number(label)] : memberOf(data, label)),
      document.data,
    )
    const isPlain = typeof value === 'string' && written.startsWith(value.slice(0, offset), quote)
    return isPlain ? { line: position.line, column: position.column + quote + offset } : position
  }
}
