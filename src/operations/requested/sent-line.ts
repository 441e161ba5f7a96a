import { readJsonDocument } from '../../document/json-document.ts'
import { readDocuments } from '../../document/read.ts'
import { Fault } from '../../errors.ts'
import { isDataObject, type Data, type DataObject } from '../../model/data.ts'
import { dataMap } from '../../model/data-map.ts'
import { formatPath } from '../../model/path.ts'
import { fitsSchema, schemaProblems } from '../../schema/problems.ts'
import { validateBatchLine } from '../../schema/batch-validators.js'
import type { SentRequest } from './sent-request.ts'

/** The longest line of a batch, in bytes. */
export const mostLineBytes = 8 * 1024 * 1024

/** What a line of a batch says; undefined where it is empty. Throws a Fault BODY_INVALID, or BODY_TOO_LARGE where there are no bytes of it. */
export function sentLine(bytes: Uint8Array | undefined): DataObject | undefined {
  if (bytes === undefined) throw new Fault('BODY_TOO_LARGE', `the line is longer than ${mostLineBytes} bytes`)
  if (bytes.every((byte) => byte === 0x20 || byte === 0x0d || byte === 0x09)) return undefined
  const quick = readJsonDocument('the line', bytes)
  if (quick !== undefined) return fitting(quick.data)
  const { documents, unreadable } = readDocuments('the line', bytes, { format: 'json' })
  const [document, another] = documents
  const [bad] = unreadable
  if (bad !== undefined) throw new Fault('BODY_INVALID', `the line cannot be read: ${bad.message}`)
  if (document === undefined || another !== undefined)
    throw new Fault('BODY_INVALID', `the line holds ${documents.length} documents; required is one`)
  return fitting(document.data)
}

/** The request of a line: what is common, unless the line says otherwise. */
export function requestOf(common: DataObject, line: DataObject): SentRequest {
  return dataMap([...Object.entries(common), ...Object.entries(line)])
}

function fitting(data: Data): DataObject {
  if (fitsSchema(validateBatchLine, data) && isDataObject(data)) return data
  const problems = schemaProblems(validateBatchLine, data).map(({ pointer, message }) => {
    const path = formatPath(pointer)
    return path === '' ? { message } : { path, message }
  })
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : ''
  const message = `the line is no request to check: ${problems[0]?.message ?? ''}${more}`
  throw new Fault('BODY_INVALID', message, { details: { problems: problems.slice(0, 50) } })
}
