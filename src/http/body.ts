import { readDocuments } from '../document/read.ts'
import { readingTime } from '../document/reading-time.ts'
import { Fault } from '../errors.ts'
import type { Data } from '../model/data.ts'
import type { Document } from '../model/document.ts'
import { formatPath } from '../model/path.ts'
import { fitsSchema, schemaProblems } from '../schema/problems.ts'
import type { Problem } from './problem.ts'
import type { BodyType } from './route.ts'
import type { BodyValidator } from './schemas.ts'

const mostProblems = 50
// What is larger is told only the first thing that is wrong with it: whoever sends nonsense pays for it, not we.
const explained = 1024 * 1024

/** The document of a body, numbers exact. Throws a Fault BODY_INVALID with the place of what is wrong. */
export function readBody(type: BodyType, bytes: Uint8Array, deadlineMs: number): Document {
  const time = readingTime(deadlineMs, () => performance.now(), 'the body')
  const format = type === 'application/yaml' ? 'yaml' : 'json'
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

/** Holds a body against the schema of its route. Throws a Fault BODY_INVALID with everything that is wrong. */
export function validateBody(validator: BodyValidator, document: Document, size: number): Data {
  const { data } = document
  if (fitsSchema(validator.fits, data)) return data
  const found = schemaProblems(size > explained ? validator.fits : validator.explain, data)
  const problems = found.slice(0, mostProblems).map(({ pointer, target, message }): Problem => {
    const path = formatPath(pointer)
    return { message, ...(path === '' ? {} : { path }), ...document.locate(pointer, target) }
  })
  const more = found.length > 1 ? ` (and ${found.length - 1} more)` : ''
  throw new Fault('BODY_INVALID', `the body is not what this route takes: ${found[0]?.message ?? ''}${more}`, {
    details: { problems },
  })
}
