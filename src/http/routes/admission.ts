import { parseDuration } from '../../model/duration.ts'
import type { Asked, Route, RouteDependencies, Schema } from '../route.ts'

/** What is left of an API server's patience for the way there and back. */
const wayMs = 500

const undecided: Schema = {
  description: 'What to do about an object of which something cannot be decided.',
  type: 'string',
  enum: ['allow', 'deny'],
}
const timeout: Schema = {
  title: 'a duration such as `5s`',
  description: 'How long the API server waits, as it says itself.',
  type: 'string',
  pattern: '^(?=\\d)(\\d{1,9}m)?(\\d{1,9}s)?$',
}

const both: Pick<Route, 'method' | 'tag' | 'needs' | 'body' | 'answers'> = {
  method: 'POST',
  tag: 'kubernetes',
  needs: ({ workspace }) => `check:${workspace ?? ''}`,
  body: { schema: { $ref: 'urn:congruent:http:admission-review' }, types: ['application/json'] },
  answers: { 200: { description: 'The answer.', schema: { $ref: 'urn:congruent:http:admission-answer' } } },
}

/** What the API server of a cluster asks. */
export const admission: readonly Route[] = [
  {
    ...both,
    url: '/v1/workspaces/:workspace/admission',
    operation: 'admit',
    summary: 'Say whether an object may come into a cluster',
    description:
      'Takes and answers an AdmissionReview of `admission.k8s.io/v1`: the object is laid over the newest snapshots of the environment. Errors in the object, or new elsewhere, deny it; warnings, and what cannot be decided, warn. Nothing is recorded. A fault is no answer, so that the `failurePolicy` of the webhook decides.',
    query: {
      type: 'object',
      properties: {
        environment: { description: 'Needed where the workspace has several.', type: 'string', minLength: 1 },
        undecided: { ...undecided, default: 'allow' },
        timeout,
      },
      additionalProperties: false,
    },
    handle: (asked, dependencies) => admit(asked, asked.query, dependencies),
  },
  {
    ...both,
    url: '/v1/workspaces/:workspace/admission/:environment/:undecided',
    operation: 'admitInto',
    summary: 'The same, by an address alone',
    description: 'For an API server, whose configuration takes no query in an address.',
    params: { type: 'object', properties: { undecided } },
    query: { type: 'object', properties: { timeout }, additionalProperties: false },
    handle: (asked, dependencies) => admit(asked, asked.params, dependencies),
  },
]

async function admit(
  { params, query, body = null, deadlineMs, signal }: Asked,
  said: Readonly<Record<string, unknown>>,
  { service }: RouteDependencies,
): ReturnType<Route['handle']> {
  const { environment, undecided: policy } = said
  const patience = typeof query['timeout'] === 'string' ? parseDuration(query['timeout']) : undefined
  const review = await service.admit({
    workspace: params['workspace'] ?? '',
    review: body,
    undecided: policy === 'deny' ? 'deny' : 'allow',
    deadlineMs: patience === undefined ? deadlineMs : Math.max(1, Math.min(deadlineMs, patience - wayMs)),
    signal,
    ...(typeof environment === 'string' ? { environment } : {}),
  })
  return { status: 200, body: review }
}
