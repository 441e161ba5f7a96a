import type { Data } from '../model/data.ts'
import { isDataObject } from '../model/data.ts'
import { memberOf } from '../model/data-map.ts'
import type { SentFiles } from '../operations/stored/publishing/sent-files.ts'
import type { Asked, Route, Schema } from './route.ts'

/** The body of a route that takes a file set: names and texts as JSON, or a tar.gz. */
export const filesBody: NonNullable<Route['body']> = {
  schema: { $ref: 'urn:congruent:http:file-texts' },
  types: ['application/json', 'application/gzip'],
}

/** The schema of what such a route answers to who reads the set. */
export const fileSetSchema: Schema = { $ref: 'urn:congruent:http:file-set' }

/** The files of a body. */
export function sentFiles({ body, bytes }: Pick<Asked, 'body' | 'bytes'>): SentFiles {
  return body === undefined ? { archive: bytes() } : { texts: textsOf(body) }
}

/** Names and texts of a body, whose schema has been found to fit. */
function textsOf(body: Data): readonly (readonly [name: string, text: string])[] {
  const files = memberOf(body, 'files')
  if (files === undefined || !isDataObject(files)) return []
  return Object.entries(files).map(([name, text]) => [name, typeof text === 'string' ? text : ''])
}
