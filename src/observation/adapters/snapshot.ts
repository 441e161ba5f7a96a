import { appliedFields, type AppliedFields } from '../../model/applied.ts'
import { isDataObject, type Data, type DataObject } from '../../model/data.ts'
import type { Document, Unreadable } from '../../model/document.ts'
import { parsePath, parsePattern, PathSyntaxError, type Path, type PathPattern } from '../../model/path.ts'
import type { SnapshotDocument } from '../../model/snapshot.ts'
import { schemaProblems } from '../../schema/problems.ts'
import { validateSnapshot } from '../../schema/validators.js'
import { timeOf } from '../../model/time.ts'
import type { Adapter, Reported } from './adapter.ts'

/** Documents that say themselves who reports, when, and what was looked at: `snapshot: 1`. */
export const snapshot: Adapter = {
  name: 'snapshot',
  reading: {},
  recognises: (data) => isDataObject(data) && typeof data['snapshot'] === 'number' && 'state' in data,
  adapt: (documents) => {
    const reports: Reported[] = []
    const unreadable: Unreadable[] = []
    for (const document of documents) {
      const read = readSnapshot(document)
      if (Array.isArray(read)) unreadable.push(...read)
      else reports.push(read)
    }
    return { reports, unreadable, notes: [] }
  },
}

/** What a valid snapshot document is, with its state as data. */
type ValidSnapshot = Omit<SnapshotDocument, 'state' | 'applied'> & {
  readonly state: Data
  readonly applied?: readonly { readonly at: string; readonly by: string; readonly fields: DataObject }[]
}

function readSnapshot(document: Document): Reported | Unreadable[] {
  const { file, data } = document
  const problems = schemaProblems(validateSnapshot, data).map(({ pointer, target, message }) => ({
    file,
    position: document.locate(pointer, target),
    message: `not a snapshot: ${message}`,
  }))
  if (problems.length > 0) return problems
  // The schema was just asked.
  const { observer, sequence, observedAt, environment, seen, covers, refused, masked, applied, state } =
    data as unknown as ValidSnapshot
  const bad: Unreadable[] = []
  const parsed = <T extends PathPattern>(parse: (text: string) => T, text: string, pointer: Path): T | readonly [] => {
    try {
      return parse(text)
    } catch (error) {
      if (!(error instanceof PathSyntaxError)) throw error
      bad.push({ file, position: document.locate(pointer), message: `not a snapshot: ${error.message}` })
      return []
    }
  }
  const fieldsOf = (fields: DataObject, pointer: Path): AppliedFields => {
    const read = appliedFields(fields)
    if (read !== undefined) return read
    const message = 'not a snapshot: `fields` must hold maps only, each called `.` or `f:` and a label'
    bad.push({ file, position: document.locate(pointer), message })
    return {}
  }
  if (Number.isNaN(timeOf(observedAt))) {
    bad.push({
      file,
      position: document.locate(['observedAt']),
      message: `not a snapshot: \`${observedAt}\` is no time`,
    })
  }
  const report: Reported = {
    state,
    files: [file],
    identity: { observer, sequence, observedAt, seen: seen ?? {}, ...(environment !== undefined && { environment }) },
    ...(covers && { covers: covers.map((text, index) => parsed(parsePattern, text, ['covers', String(index)])) }),
    refused: (refused ?? []).map(({ path, reason }, index) => ({
      path: parsed(parsePattern, path, ['refused', String(index), 'path']),
      reason,
    })),
    ...(masked && { masked: masked.map((text, index) => parsed(parsePath, text, ['masked', String(index)])) }),
    ...(applied && {
      applied: applied.map(({ at, by, fields }, index) => ({
        at: parsed(parsePath, at, ['applied', String(index), 'at']),
        by,
        fields: fieldsOf(fields, ['applied', String(index), 'fields']),
      })),
    }),
    objects: [],
    origin: (path) => ({ document, pointer: ['state', ...path] }),
  }
  return bad.length > 0 ? bad : report
}
