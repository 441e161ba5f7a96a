import type { ReadingTime } from '../document/reading-time.ts'
import { toJson } from '../document/to-json.ts'
import { type Data, type DataObject, isDataObject } from '../model/data.ts'
import { dataMap } from '../model/data-map.ts'
import type { Document, Unreadable } from '../model/document.ts'
import type { Path } from '../model/path.ts'
import type { FragmentEntry } from '../model/workspace.ts'
import type { Claim } from './claims.ts'
import type { DataContribution } from './data-parts.ts'
import type { DataOrigin } from './fragments.ts'
import { crd, jsonschema } from './schema-forms.ts'

/** What the documents of one claim contribute. */
export interface Made extends Pick<DataContribution, 'parts' | 'notes' | 'definitions'> {
  readonly unreadable: readonly Unreadable[]
}

/** How they are read. */
export interface FormOptions {
  readonly at: Path
  /** CustomResourceDefinitions of the environment's fragments. */
  readonly definitions: readonly DataObject[]
  readonly lists: 'keyed' | 'plain'
  readonly time: ReadingTime
}

type DataForm = (claim: Claim, documents: readonly Document[], options: FormOptions) => Made | Promise<Made>

/** How documents become parts, by what `as` says of them. */
export const dataForms = { plain, kubernetes: manifests, compose, jsonschema, crd } as const satisfies Record<
  'plain' | NonNullable<FragmentEntry['as']>,
  DataForm
>

function plain({ team }: Claim, documents: readonly Document[], { at }: FormOptions): Made {
  const unreadable: Unreadable[] = []
  const parts = documents.flatMap((document) => {
    const { data, file } = document
    if (at.length === 0 && !isDataObject(data)) {
      const message =
        'the document is no map: at the root only a map can be unified, and `at` puts other data elsewhere'
      unreadable.push({ file, position: document.locate([]), message })
      return []
    }
    const origin: DataOrigin = (path) =>
      startsWith(path, at) ? { document, pointer: path.slice(at.length) } : undefined
    return [{ part: { kind: 'data' as const, team, file, json: toJson(under(at, data)) }, origin }]
  })
  return { parts, unreadable, notes: [] }
}

async function manifests(
  { team, entry }: Claim,
  documents: readonly Document[],
  { at, lists, definitions, time }: FormOptions,
): Promise<Made> {
  // The tables of Kubernetes' types are large: who has no manifests does not wait for them.
  const { projectKubernetes } = await import('../kubernetes/project.ts')
  const { namespace } = entry
  const options = { lists, definitions, time, ...(namespace === undefined ? {} : { namespace }) }
  const projected = time.spend(() => projectKubernetes(documents, options))
  const { unreadable, notes } = projected
  if (projected.objectPaths.length === 0) return { parts: [], unreadable, notes }
  const json = toJson(under(at, projected.state))
  const masked = projected.masked.map((path) => [...at, ...path])
  const part = { kind: 'data' as const, team, file: entry.path, json, ...(masked.length > 0 ? { masked } : {}) }
  const origin: DataOrigin = (path, label) =>
    startsWith(path, at) ? projected.origin(path.slice(at.length), label) : undefined
  return { parts: [{ part, origin }], unreadable, notes }
}

async function compose({ team }: Claim, documents: readonly Document[], { at, time }: FormOptions): Promise<Made> {
  const { projectCompose } = await import('../compose/project.ts')
  const projected = time.spend(() => documents.map(projectCompose))
  const parts = projected.map(({ document, state, masked, pointer }) => {
    const hidden = masked.map((path) => [...at, ...path])
    const part = { kind: 'data' as const, team, file: document.file, json: toJson(under(at, state)) }
    const origin: DataOrigin = (path) =>
      startsWith(path, at) ? { document, pointer: pointer(path.slice(at.length)) } : undefined
    return { part: hidden.length === 0 ? part : { ...part, masked: hidden }, origin }
  })
  return {
    parts,
    unreadable: projected.flatMap(({ unreadable }) => unreadable),
    notes: projected.flatMap(({ notes }) => notes),
  }
}

/** Data below the labels of a path. */
function under(at: Path, data: Data): Data {
  return at.toReversed().reduce<Data>((below, label) => dataMap([[label, below]]), data)
}

function startsWith(path: Path, start: Path): boolean {
  return start.every((label, index) => path[index] === label)
}
