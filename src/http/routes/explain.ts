import { exactJson } from '../../model/exact-json.ts'
import { parsePath } from '../../model/path.ts'
import { knownIn, momentIn, numberIn, parameters, pathIn, querySchema, textIn } from '../asked-values.ts'
import { isKnown, tagged, tagOf } from '../conditions.ts'
import type { Answer, Asked, Route } from '../route.ts'

const { at, known, environment, path } = parameters

const shows = ['all', 'findings', 'deviating', 'undecided'] as const

const unchanged = { 304: { description: 'As the asker knows it.' } } as const

/** What is to be read of one path: all that is known there, and a level of the tree below. */
export const explain: readonly Route[] = [
  {
    method: 'GET',
    url: '/v1/workspaces/:workspace/explain',
    operation: 'explainPath',
    tag: 'desired',
    summary: 'All that is known of one path: the value, who contributed what, what observers saw',
    needs: ({ workspace }) => `read:${workspace ?? ''}`,
    query: querySchema({ path, environment, at, known }),
    answers: {
      200: { description: 'The explanation.', schema: { $ref: 'urn:congruent:http:explanation' } },
      ...unchanged,
    },
    handle: async (asked, { service }) =>
      whenChanged(
        asked,
        await service.explainAt({
          ...whichIn(asked),
          known: knownIn(asked.query),
          path: pathIn(asked.query, 'path', parsePath) ?? [],
        }),
      ),
  },
  {
    method: 'GET',
    url: '/v1/workspaces/:workspace/tree',
    operation: 'getTree',
    tag: 'desired',
    summary: 'A level of the desired and the observed state, with the findings below each label',
    description:
      'The state as the newest check saw it. Labels beyond `limit` are asked for with `after`; a level has all labels that are desired, observed or found.',
    needs: ({ workspace }) => `read:${workspace ?? ''}`,
    query: querySchema({
      path,
      environment,
      at,
      depth: { description: 'Levels below the path.', type: 'integer', minimum: 1, maximum: 4, default: 1 },
      show: {
        description:
          '`findings`: only labels at or below which something was found; `deviating`: which do not conform; `undecided`: of which nobody can say it.',
        enum: shows,
        default: 'all',
      },
      q: {
        description: 'A text in a path or value, at a label or below; `*` stands for any text.',
        type: 'string',
        maxLength: 200,
      },
      limit: { description: 'The most labels of a level.', type: 'integer', minimum: 1, maximum: 1000, default: 200 },
      unfold: {
        description: '`deviating`: labels that do not conform come with what is below, as far as 300 labels reach.',
        enum: ['deviating'],
      },
      after: { description: 'Only labels after this one: `next` of an earlier answer.', type: 'string' },
    }),
    answers: { 200: { description: 'The level.', schema: { $ref: 'urn:congruent:http:tree' } }, ...unchanged },
    handle: async (asked, { service }) => {
      const { query } = asked
      const [q, after] = [textIn(query, 'q'), textIn(query, 'after')]
      return whenChanged(
        asked,
        await service.tree({
          ...whichIn(asked),
          path: pathIn(query, 'path', parsePath) ?? [],
          depth: numberIn(query, 'depth') ?? 1,
          show: shows.find((known) => known === query['show']) ?? 'all',
          limit: numberIn(query, 'limit') ?? 200,
          unfold: query['unfold'] === 'deviating',
          ...(q === undefined ? {} : { q }),
          ...(after === undefined ? {} : { after }),
        }),
      )
    },
  },
]

function whichIn({ params, query, deadlineMs, signal }: Asked) {
  const [name, moment] = [textIn(query, 'environment'), momentIn(query, 'at')]
  return {
    workspace: params['workspace'] ?? '',
    ...(name === undefined ? {} : { environment: name }),
    ...(moment === undefined ? {} : { at: moment }),
    deadlineMs,
    signal,
  }
}

/** The answer, unless the asker has just that. */
function whenChanged({ headers }: Asked, body: unknown): Answer {
  const text = exactJson(body)
  const tag = tagOf(text)
  return isKnown(headers, tag) ? { status: 304, headers: tagged(tag) } : { status: 200, headers: tagged(tag), text }
}
