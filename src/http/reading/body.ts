import { readJsonDocument } from '../../document/json-document.ts'
import { readDocuments } from '../../document/read.ts'
import { readingTime } from '../../document/reading-time.ts'
import { Fault } from '../../errors.ts'
import type { Data } from '../../model/data.ts'
import type { Document } from '../../model/document.ts'
import { formatPath } from '../../model/path.ts'
import { fitsSchema, schemaProblems } from '../../schema/problems.ts'
import type { Problem } from '../problem.ts'
import type { BodyValidator } from '../schemas.ts'

const mostProblems = 50
// Whoever sends nonsense that is larger is told less of what is wrong with it: saying more would cost others time.
const explained = 256 * 1024

/** What a body says, and where: of those that were read elsewhere nobody knows that any more. */
export type BodyDocument = Pick<Document, 'data'> & Partial<Pick<Document, 'locate'>>

/** The document of a JSON body, numbers exact. Throws a Fault BODY_INVALID with the place of what is wrong. */
export function readJsonBody(bytes: Uint8Array): BodyDocument {
  const quick = readJsonDocument('the body', bytes)
  if (quick !== undefined) return quick
  if (bytes.length <= explained) return onlyDocument(bytes, 'json', Infinity)
  throw new Fault(
    'BODY_INVALID',
    `the body is no JSON document that can be read; one of up to ${explained} bytes would be told why`,
  )
}

/** The document of a YAML body, numbers exact. Throws a Fault BODY_INVALID with the place of what is wrong, ENGINE_DEADLINE where that takes longer. */
export function readYamlBody(bytes: Uint8Array, deadlineMs: number): BodyDocument {
  return onlyDocument(bytes, 'yaml', deadlineMs)
}

function onlyDocument(bytes: Uint8Array, format: 'json' | 'yaml', deadlineMs: number): BodyDocument {
  const time = readingTime(deadlineMs, () => performance.now(), 'the body')
  const { documents, unreadable } = readDocuments('the body', bytes, { format }, time)
  const [bad] = unreadable
  if (bad !== undefined) {
    const problem: Problem = { message: bad.message, ...bad.position }
    const place = bad.position === undefined ? '' : ` at line ${bad.position.line}, column ${bad.position.column}`
    throw new Fault('BODY_INVALID', `the body cannot be read${place}: ${bad.message}`, {
      details: { problems: [problem] },
    })
  }
  const [document] = documents
  if (document !== undefined && documents.length === 1) return document
  const found = document === undefined ? 'is empty' : `holds ${documents.length} documents`
  throw new Fault('BODY_INVALID', `the body ${found}; required is one document`)
}

/** Holds a body against the schema of its route. Throws a Fault BODY_INVALID with what is wrong. */
export function validateBody(validator: BodyValidator, document: BodyDocument, size: number): Data {
  const { data } = document
  if (fitsSchema(validator.fits, data)) return data
  const isSmall = size <= explained
  const found = schemaProblems(isSmall ? validator.explain : validator.fits, data)
  const problems = found.slice(0, mostProblems).map(({ pointer, target, message }): Problem => {
    const path = formatPath(pointer)
    const place = isSmall ? document.locate?.(pointer, target) : undefined
    return { message, ...(path === '' ? {} : { path }), ...place }
  })
  const more = found.length > 1 ? ` (and ${found.length - 1} more)` : ''
  throw new Fault('BODY_INVALID', `the body is not what this route takes: ${found[0]?.message ?? ''}${more}`, {
    details: { problems },
  })
}
