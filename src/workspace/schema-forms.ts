import { toJson } from '../document/to-json.ts'
import { type Data, type DataObject, isDataObject } from '../model/data.ts'
import { dataMap } from '../model/data-map.ts'
import type { Document, Unreadable } from '../model/document.ts'
import { parsePattern } from '../model/path.ts'
import type { Note } from '../model/report.ts'
import type { Claim } from './claims.ts'
import type { FormOptions, Made } from './data-forms.ts'
import type { DataOrigin } from './fragments.ts'

/** JSON Schemas: each document says what is allowed at the claim's pattern. */
export function jsonschema({ team, entry }: Claim, documents: readonly Document[]): Made {
  const unreadable: Unreadable[] = []
  const at = entry.at === undefined ? [] : parsePattern(entry.at)
  const parts = documents.flatMap((document) => {
    const { data, file } = document
    if (!isDataObject(data) && typeof data !== 'boolean') {
      unreadable.push({ file, position: document.locate([]), message: 'a JSON Schema is a map, `true` or `false`' })
      return []
    }
    const part = { kind: 'schema' as const, as: 'jsonschema' as const, team, file, json: toJson(data) }
    const origin: DataOrigin = (path) => ({ document, pointer: path })
    return [{ part: at.length === 0 ? part : { ...part, at }, origin }]
  })
  return { parts, unreadable, notes: [] }
}

/** CustomResourceDefinitions: each says what objects of its kind are like; other objects of the files take no part. */
export async function crd(
  { team, entry }: Claim,
  documents: readonly Document[],
  { at, lists, time }: FormOptions,
): Promise<Made> {
  const { flatten } = await import('../kubernetes/flatten.ts')
  const notes: Note[] = []
  const definitions: DataObject[] = []
  const parts = time.spend(() =>
    documents.flatMap(flatten).flatMap(({ document, pointer, data }) => {
      const { file } = document
      if (!isDataObject(data) || data['kind'] !== 'CustomResourceDefinition') {
        const message = 'what is no CustomResourceDefinition takes no part in a fragment with `as: crd`'
        notes.push({ code: 'skipped', message, file, line: document.locate(pointer).line })
        return []
      }
      definitions.push(data)
      const part = {
        kind: 'schema' as const,
        as: 'crd' as const,
        team,
        file,
        json: toJson(withoutDescriptions(data)),
        ...(at.length === 0 ? {} : { at }),
        ...(lists === 'plain' ? { lists } : {}),
      }
      const origin: DataOrigin = (path) => ({ document, pointer: [...pointer, ...path] })
      return [{ part, origin }]
    }),
  )
  if (parts.length > 0) return { parts, unreadable: [], notes, definitions }
  const [document] = documents
  const message = `no CustomResourceDefinition in what \`${entry.path}\` names`
  return {
    parts,
    unreadable: document === undefined ? [] : [{ file: document.file, position: document.locate([]), message }],
    notes,
  }
}

/** Two thirds of a definition are texts for people, which no object can break. */
function withoutDescriptions(data: Data): Data {
  if (Array.isArray(data)) return data.map(withoutDescriptions)
  if (!isDataObject(data)) return data
  const members = Object.entries(data).filter(([label, value]) => label !== 'description' || typeof value !== 'string')
  return dataMap(members.map(([label, value]) => [label, withoutDescriptions(value)]))
}
