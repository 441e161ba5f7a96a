import type { AdoptResult } from '../operations/stored/publishing/adopt-proposal.ts'
import type { PublishInput, PublishResult } from '../operations/stored/publishing/publish.ts'
import { demand } from './access/access.ts'
import { matchOf, tagged } from './conditions.ts'
import type { Answer, Asked, Schema } from './route.ts'

/** The schema of what a route answers that makes files come into force. */
export const publishedSchema: Schema = { $ref: 'urn:congruent:http:published' }

/** What such a request asks for, whatever files it is about. Throws FORBIDDEN where it is to be forced by who may not. */
export function publicationOf(asked: Asked): Omit<PublishInput, 'team' | 'files'> {
  const { params, query, subject, id, deadlineMs, signal, headers } = asked
  const { workspace = '' } = params
  const force = query['force'] === true
  if (force) demand(asked, `admin:${workspace}`)
  const ifMatch = matchOf(headers)
  return {
    workspace,
    force,
    ...(ifMatch === undefined ? {} : { ifMatch }),
    asker: { by: subject.name, request: id },
    deadlineMs,
    signal,
  }
}

/** What came of it, with the tag of the set in force. */
export function publicationAnswer(status: number, result: PublishResult | AdoptResult): Answer {
  const { outcome, revision, set, conflicts } = result
  return {
    status,
    headers: tagged(set.digest),
    body: {
      outcome,
      revision,
      set,
      conflicts: conflicts.flatMap((change) => change.new),
      ...('unapproved' in result ? { unapproved: result.unapproved } : {}),
    },
  }
}
