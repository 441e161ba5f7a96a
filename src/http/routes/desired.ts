import { Fault } from '../../errors.ts'
import type { DesiredState } from '../../model/desired.ts'
import { exactJson } from '../../model/exact-json.ts'
import { parsePath } from '../../model/path.ts'
import type { Rendered } from '../../model/rendered.ts'
import { formatDesired } from '../../report/desired.ts'
import { renderedStream } from '../../report/rendered.ts'
import { packageVersion } from '../../version.ts'
import { parameters, pathIn, querySchema, textIn } from '../asked-values.ts'
import { isKnown, tagged, tagOf } from '../conditions.ts'
import { revisionIn, revisionParameters } from '../revision-choice.ts'
import type { Answer, Asked, Route, RouteDependencies } from '../route.ts'

const formats = ['json', 'yaml', 'cue', 'kubernetes', 'compose'] as const

/** What the fragments unify to, at any revision or moment. */
export const desired: readonly Route[] = [
  {
    method: 'GET',
    url: '/v1/workspaces/:workspace/desired',
    operation: 'getDesired',
    tag: 'desired',
    summary: 'The desired state of an environment',
    description:
      '`format=json` answers a document that also says what is not concrete and what conflicts; `yaml` and `cue` are the state itself, `kubernetes` its manifests, in an order in which they can be applied, and `compose` a Compose file. What is not concrete, or cannot be written, is refused (DESIRED_INCOMPLETE).',
    needs: ({ workspace }) => `read:${workspace ?? ''}`,
    query: querySchema({
      environment: parameters.environment,
      ...revisionParameters,
      path: parameters.path,
      format: { enum: formats, default: 'json' },
    }),
    answers: {
      200: {
        description: 'The desired state. `Congruent-Revision` is the number of the revision.',
        schema: { $ref: 'urn:congruent:http:desired' },
        also: ['application/yaml', 'text/plain'],
      },
      304: { description: 'As the asker knows it.' },
    },
    handle: read,
  },
]

async function read(asked: Asked, { service }: RouteDependencies): Promise<Answer> {
  const { params, query, headers, deadlineMs, signal } = asked
  const revision = await service.getRevision(params['workspace'] ?? '', revisionIn(query))
  const environment = textIn(query, 'environment')
  const path = pathIn(query, 'path', parsePath) ?? []
  const format = formats.find((name) => name === query['format']) ?? 'json'
  // A revision never changes, and the answer hangs on nothing else.
  const tag = tagOf(packageVersion(), exactJson(revision.parts, { sorted: true }), environment ?? '', format, ...path)
  const answered = { ...tagged(tag), 'congruent-revision': String(revision.revision) }
  if (isKnown(headers, tag)) return { status: 304, headers: answered }
  const input = { revision, path, deadlineMs, signal, ...(environment === undefined ? {} : { environment }) }
  if (format === 'kubernetes' || format === 'compose') {
    const rendered = await service.renderDesired({ ...input, to: format })
    refuseObstacles(rendered)
    return { status: 200, headers: answered, type: 'application/yaml; charset=utf-8', text: renderedStream(rendered) }
  }
  const found = await service.readDesired({ ...input, want: format === 'cue' ? 'cue' : 'json' })
  if (format === 'json') return { status: 200, headers: answered, text: documentOf(found) }
  if (format === 'yaml') refuseIncomplete(found)
  const type = format === 'yaml' ? 'application/yaml; charset=utf-8' : 'text/plain; charset=utf-8'
  return { status: 200, headers: answered, type, text: formatDesired(found, format) }
}

/** The answer as JSON text; the state's own text has its numbers exact. */
function documentOf({
  workspace,
  environment,
  digest,
  findings,
  notes,
  json,
  incomplete,
  lacks,
}: DesiredState): string {
  const about = exactJson({ workspace, environment, digest, findings, notes, incomplete, lacks })
  return json === undefined ? about : `${about.slice(0, -1)},"desired":${json}}`
}

function refuseObstacles({ files, obstacles, findings, to }: Rendered): void {
  if (files !== undefined) return
  const [first] = obstacles
  const what = first === undefined ? 'something conflicts' : `\`${first.at}\`: ${first.message}`
  const more = obstacles.length > 1 ? `, and ${obstacles.length - 1} more` : ''
  const incomplete = obstacles.map(({ path, at, message }) => ({ path, at, text: message }))
  throw new Fault('DESIRED_INCOMPLETE', `nothing can be written for ${to}: ${what}${more}`, {
    details: { incomplete, findings },
  })
}

function refuseIncomplete({ json, incomplete, findings }: DesiredState): void {
  if (json !== undefined) return
  const [first] = incomplete
  const where = first === undefined ? 'something conflicts' : `\`${first.at}\` is \`${first.text}\``
  const more = incomplete.length > 1 ? `, and ${incomplete.length - 1} more are not concrete` : ''
  throw new Fault('DESIRED_INCOMPLETE', `there is no such data: ${where}${more}; ask for \`format=cue\` or \`json\``, {
    details: { incomplete, findings },
  })
}
