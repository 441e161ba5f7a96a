import { schemaProblems } from '../../../../src/schema/problems.ts'
import { validateReview } from '../../../../src/schema/review-validators.js'

/** Every way in which a document is no review as `schemas/review.schema.json` says, in words; empty if it is one. */
export function reviewProblems(data: object): readonly string[] {
  return schemaProblems(validateReview, data as Parameters<typeof schemaProblems>[1]).map(({ pointer, message }) =>
    pointer.length === 0 ? message : `at ${pointer.join(' › ')}: ${message}`,
  )
}
