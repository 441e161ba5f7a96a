import { parseDuration } from '../../model/duration.ts'
import type { Route } from '../route.ts'

/** What is left of an API server's patience for the way there and back. */
const wayMs = 500

/** What the API server of a cluster asks. */
export const admission: readonly Route[] = [
  {
    method: 'POST',
    url: '/v1/workspaces/:workspace/admission',
    operation: 'admit',
    tag: 'kubernetes',
    summary: 'Say whether an object may come into a cluster',
    description:
      'Takes and answers an AdmissionReview of `admission.k8s.io/v1`: the object is laid over the newest snapshots of the environment. Errors in the object, or new elsewhere, deny it; warnings, and what cannot be decided, warn. Nothing is recorded. A fault is no answer, so that the `failurePolicy` of the webhook decides.',
    needs: ({ workspace }) => `check:${workspace ?? ''}`,
    query: {
      type: 'object',
      properties: {
        environment: { description: 'Needed where the workspace has several.', type: 'string', minLength: 1 },
        undecided: {
          description: 'What to do about an object of which something cannot be decided.',
          type: 'string',
          enum: ['allow', 'deny'],
          default: 'allow',
        },
        timeout: {
          title: 'a duration such as `5s`',
          description: 'How long the API server waits, as it writes it itself.',
          type: 'string',
          pattern: '^(?=\\d)(\\d{1,9}m)?(\\d{1,9}s)?$',
        },
      },
      additionalProperties: false,
    },
    body: { schema: { $ref: 'urn:congruent:http:admission-review' }, types: ['application/json'] },
    answers: {
      200: { description: 'The answer.', schema: { $ref: 'urn:congruent:http:admission-answer' } },
    },
    handle: async ({ params, query, body = null, deadlineMs, signal }, { service }) => {
      const { environment, undecided, timeout } = query
      const patience = typeof timeout === 'string' ? parseDuration(timeout) : undefined
      const review = await service.admit({
        workspace: params['workspace'] ?? '',
        review: body,
        undecided: undecided === 'deny' ? 'deny' : 'allow',
        deadlineMs: patience === undefined ? deadlineMs : Math.max(1, Math.min(deadlineMs, patience - wayMs)),
        signal,
        ...(typeof environment === 'string' ? { environment } : {}),
      })
      return { status: 200, body: review }
    },
  },
]
