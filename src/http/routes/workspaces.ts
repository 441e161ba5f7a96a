import type { Data } from '../../model/data.ts'
import { memberOf } from '../../model/data-map.ts'
import type { Retention } from '../../store/store.ts'
import { querySchema } from '../asked-values.ts'
import { acceptedType, isKnown, matchOf, tagged } from '../conditions.ts'
import { revisionIn, revisionParameters } from '../revision-choice.ts'
import type { Asked, Route } from '../route.ts'

const stored = { $ref: 'urn:congruent:http:stored-workspace' }
const revision = { $ref: 'urn:congruent:http:revision' }

/** Workspaces: their documents, how long their history is kept, and their end. */
export const workspaces: readonly Route[] = [
  {
    method: 'GET',
    url: '/v1/workspaces',
    operation: 'listWorkspaces',
    tag: 'workspaces',
    summary: 'The workspaces that the asker may read, by name',
    needs: 'token',
    answers: {
      200: {
        description: 'The workspaces.',
        schema: {
          type: 'object',
          properties: { items: { type: 'array', items: stored } },
          required: ['items'],
          additionalProperties: false,
        },
      },
    },
    handle: async ({ may }, { service }) => {
      const all = await service.store.workspaces.list()
      return { status: 200, body: { items: all.filter(({ name }) => may(`read:${name}`)) } }
    },
  },
  {
    method: 'PUT',
    url: '/v1/workspaces/:workspace',
    operation: 'putWorkspace',
    tag: 'workspaces',
    summary: 'Create a workspace, or change its document',
    description:
      'The body is what `congruent.yaml` says, as YAML or JSON; its text is kept, so that places are lines of it. Every environment is checked anew. The same text again changes nothing.',
    needs: ({ workspace }) => `admin:${workspace ?? ''}`,
    body: { schema: { $ref: 'urn:congruent:workspace' }, types: ['application/json', 'application/yaml'] },
    answers: {
      200: { description: 'The revision in force: a new one, or the same as before.', schema: revision },
      201: { description: 'The first revision of a new workspace.', schema: revision },
    },
    handle: async (asked, { service }) => {
      const ifMatch = matchOf(asked.headers)
      const { outcome, revision } = await service.putWorkspace({
        workspace: asked.params['workspace'] ?? '',
        document: await allBytes(asked),
        asker: { by: asked.subject.name, request: asked.id },
        ...(ifMatch === undefined ? {} : { ifMatch }),
      })
      return {
        status: outcome === 'created' ? 201 : 200,
        headers: tagged(revision.parts.workspace),
        body: revision,
      }
    },
  },
  {
    method: 'GET',
    url: '/v1/workspaces/:workspace',
    operation: 'getWorkspace',
    tag: 'workspaces',
    summary: 'A workspace and its document',
    description: 'With `Accept: application/yaml` the text of the document as it came.',
    needs: ({ workspace }) => `read:${workspace ?? ''}`,
    query: querySchema(revisionParameters),
    answers: {
      200: {
        description: 'The workspace in that revision.',
        schema: {
          type: 'object',
          properties: {
            name: { type: 'string' },
            createdAt: { type: 'string', format: 'date-time' },
            retention: { $ref: 'urn:congruent:http:retention' },
            revision: { type: 'integer', minimum: 1 },
            digest: { type: 'string' },
            document: { $ref: 'urn:congruent:workspace' },
          },
          required: ['name', 'createdAt', 'retention', 'revision', 'digest', 'document'],
          additionalProperties: false,
        },
        also: ['application/yaml'],
      },
      304: { description: 'As the asker knows it.' },
    },
    handle: async ({ params, query, headers }, { service }) => {
      const { text, ...found } = await service.getWorkspace(params['workspace'] ?? '', revisionIn(query))
      const type = acceptedType(headers, ['application/json', 'application/yaml'])
      if (isKnown(headers, found.digest)) return { status: 304, headers: tagged(found.digest) }
      const answer = { status: 200, headers: { ...tagged(found.digest), vary: 'accept' } }
      return type === 'application/json'
        ? { ...answer, body: found }
        : { ...answer, type, text: new TextDecoder().decode(text) }
    },
  },
  {
    method: 'DELETE',
    url: '/v1/workspaces/:workspace',
    operation: 'deleteWorkspace',
    tag: 'workspaces',
    summary: 'Forget a workspace with all its history',
    description: 'The audit log stays.',
    needs: ({ workspace }) => `admin:${workspace ?? ''}`,
    answers: { 204: { description: 'It is gone.' } },
    handle: async ({ params, subject, id }, { service }) => {
      await service.deleteWorkspace({
        workspace: params['workspace'] ?? '',
        asker: { by: subject.name, request: id },
      })
      return { status: 204 }
    },
  },
  {
    method: 'PUT',
    url: '/v1/workspaces/:workspace/retention',
    operation: 'putRetention',
    tag: 'workspaces',
    summary: 'Say how long history is kept',
    description: 'In days; what is not named is kept for ever. What is in force is never forgotten.',
    needs: ({ workspace }) => `admin:${workspace ?? ''}`,
    body: { schema: { $ref: 'urn:congruent:http:retention' }, types: ['application/json', 'application/yaml'] },
    answers: { 200: { description: 'The workspace.', schema: stored } },
    handle: async ({ params, body = null, subject, id }, { service }) => ({
      status: 200,
      body: await service.setRetention({
        workspace: params['workspace'] ?? '',
        retention: retentionOf(body),
        asker: { by: subject.name, request: id },
      }),
    }),
  },
]

async function allBytes({ bytes }: Pick<Asked, 'bytes'>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of bytes()) chunks.push(chunk)
  return Buffer.concat(chunks)
}

// The schema of the body has been found to fit.
function retentionOf(body: Data): Retention {
  const days = (['snapshotsDays', 'findingsDays', 'eventsDays'] as const).map((name) => {
    const value = memberOf(body, name)
    return [name, value === undefined ? undefined : Number(value)] as const
  })
  return Object.fromEntries(days.filter(([, value]) => value !== undefined))
}
