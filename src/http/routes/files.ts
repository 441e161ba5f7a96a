import type { GotFileSet } from '../../operations/stored/publishing/get-file-set.ts'
import { numberIn, querySchema } from '../asked-values.ts'
import { acceptedType, isKnown, tagged } from '../conditions.ts'
import { publicationAnswer, publicationOf, publishedSchema } from '../publication.ts'
import { revisionIn, revisionParameters } from '../revision-choice.ts'
import type { Answer, Asked, Route, RouteDependencies } from '../route.ts'
import { filesBody, fileSetSchema, sentFiles } from '../sent-files.ts'

const putQuery = querySchema({
  force: {
    description: 'Comes into force although it conflicts or approvals are missing; needs the scope `admin`.',
    type: 'boolean',
    default: false,
  },
})

const putAnswers = {
  200: {
    description: 'The revision in force; `unchanged` where it holds just these files already.',
    schema: publishedSchema,
  },
  201: { description: 'A new revision.', schema: publishedSchema },
} as const

const getAnswers = {
  200: {
    description: 'The set; as an archive with `Accept: application/gzip`.',
    schema: fileSetSchema,
    also: ['application/gzip'],
  },
  304: { description: 'As the asker knows it.' },
} as const

/** File sets: those of teams, and what belongs to no team. */
export const files: readonly Route[] = [
  {
    method: 'PUT',
    url: '/v1/workspaces/:workspace/teams/:team/fragments',
    operation: 'publishFragments',
    tag: 'fragments',
    summary: "Publish a team's fragments: all of its files",
    description:
      'Names are relative to the workspace, and must lie where the document lets this team have fragments. `If-Match` with the `ETag` of the set that was changed guards against lost updates (412). A set that brings a conflict is kept as a proposal and refused (409) with the conflicts.',
    needs: ({ workspace, team }) => `publish:${workspace ?? ''}/${team ?? ''}`,
    query: putQuery,
    body: filesBody,
    answers: putAnswers,
    handle: publish,
  },
  {
    method: 'GET',
    url: '/v1/workspaces/:workspace/teams/:team/fragments',
    operation: 'getFragments',
    tag: 'fragments',
    summary: "A team's fragments",
    needs: ({ workspace }) => `read:${workspace ?? ''}`,
    query: querySchema(revisionParameters),
    answers: getAnswers,
    handle: read,
  },
  {
    method: 'PUT',
    url: '/v1/workspaces/:workspace/files',
    operation: 'publishFiles',
    tag: 'fragments',
    summary: 'Publish the shared files: all that belong to no team',
    description:
      'Exemptions, `cue.mod`, libraries that teams import. As for fragments; nothing is kept of a set that is refused.',
    needs: ({ workspace }) => `admin:${workspace ?? ''}`,
    query: putQuery,
    body: filesBody,
    answers: putAnswers,
    handle: publish,
  },
  {
    method: 'GET',
    url: '/v1/workspaces/:workspace/files',
    operation: 'getFiles',
    tag: 'fragments',
    summary: 'The shared files',
    needs: ({ workspace }) => `read:${workspace ?? ''}`,
    query: querySchema(revisionParameters),
    answers: getAnswers,
    handle: read,
  },
  {
    method: 'GET',
    url: '/v1/workspaces/:workspace/files/:digest',
    operation: 'getFileLines',
    tag: 'fragments',
    summary: 'Lines of a file or snapshot, by its digest',
    description:
      'Of what is or was in force, of what is proposed, or of what was observed. Lines that hold something masked are left out.',
    needs: ({ workspace }) => `read:${workspace ?? ''}`,
    params: {
      type: 'object',
      properties: { digest: { title: '64 hex digits', type: 'string', pattern: '^[0-9a-f]{64}$' } },
    },
    query: querySchema({
      around: { description: 'The line in the middle.', type: 'integer', minimum: 1, maximum: 100_000_000, default: 1 },
    }),
    answers: { 200: { description: 'The lines.', schema: { $ref: 'urn:congruent:http:file-lines' } } },
    handle: async ({ params, query, deadlineMs, signal }, { service }) => ({
      status: 200,
      body: await service.fileLines({
        workspace: params['workspace'] ?? '',
        digest: params['digest'] ?? '',
        around: numberIn(query, 'around') ?? 1,
        deadlineMs,
        signal,
      }),
    }),
  },
]

async function publish(asked: Asked, { service }: RouteDependencies): Promise<Answer> {
  const { team } = asked.params
  const result = await service.publish({
    ...publicationOf(asked),
    ...(team === undefined ? {} : { team }),
    files: sentFiles(asked),
  })
  return publicationAnswer(result.outcome === 'published' ? 201 : 200, result)
}

async function read({ params, query, headers }: Asked, { service }: RouteDependencies): Promise<Answer> {
  const { workspace = '', team } = params
  const found = await service.getFileSet(workspace, team, revisionIn(query))
  if (isKnown(headers, found.digest)) return { status: 304, headers: tagged(found.digest) }
  const answer = { status: 200, headers: { ...tagged(found.digest), vary: 'accept' } }
  const type = acceptedType(headers, ['application/json', 'application/gzip'])
  if (type === 'application/json') return { ...answer, body: textsOf(found) }
  return { ...answer, type, pieces: onePiece(await service.writeArchive(found.files)) }
}

/** Files that are text; the names of others are told, and an archive has them. */
function textsOf({ revision, digest, files }: GotFileSet): object {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  const texts = new Map<string, string>()
  const binary: string[] = []
  for (const [name, bytes] of files) {
    try {
      texts.set(name, decoder.decode(bytes))
    } catch {
      binary.push(name)
    }
  }
  return { revision, digest, files: Object.fromEntries(texts), ...(binary.length === 0 ? {} : { binary }) }
}

async function* onePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
