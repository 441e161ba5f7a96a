import { type CountsAs, kinds, type Outcome, type Severity } from '../../model/finding.ts'
import { parsePattern } from '../../model/path.ts'
import type { FindingsInput } from '../../operations/stored/findings/list-findings.ts'
import type { FindingFilter, FindingGroup, FindingOrder } from '../../store/store.ts'
import { knownIn, momentIn, pageIn, parameters, pathIn, querySchema, textIn } from '../asked-values.ts'
import type { Asked, Route, Schema } from '../route.ts'

const groups = [
  'environment',
  'outcome',
  'countsAs',
  'severity',
  'kind',
  'owner',
  'rule',
] as const satisfies readonly FindingGroup[]
const orders = ['path', 'since', 'severity'] as const satisfies readonly FindingOrder[]
const outcomes = ['conflicts', 'violates', 'undecided', 'none'] as const satisfies readonly Outcome[]
const marks = [...outcomes, 'exempted'] as const satisfies readonly CountsAs[]
const severities = ['error', 'warning', 'info'] as const satisfies readonly Severity[]

function listOf(members: readonly string[]): Schema {
  return { type: 'array', items: { enum: members }, minItems: 1, uniqueItems: true }
}

/** Which findings; all that is given must hold. */
const which = {
  at: parameters.at,
  known: parameters.known,
  environment: parameters.environment,
  team: { description: 'A team whose constraints are involved, or that owns the path.', type: 'string' },
  owner: {
    description: 'The team that answers for it: who owns the path, else the first of the teams that are involved.',
    type: 'string',
  },
  rule: { description: 'The id of a rule.', type: 'string' },
  kind: { description: 'One of these kinds.', ...listOf(kinds) },
  outcome: { enum: outcomes },
  countsAs: {
    description:
      'What it counts as in the verdict: `exempted` where an exemption excuses it, its outcome where it is an error, else `none`; one of these.',
    ...listOf(marks),
  },
  severity: { description: 'One of these severities.', ...listOf(severities) },
  since: { ...parameters.at, description: 'Only those that stand since this moment or a later one.' },
  exempted: { description: 'Only those that are exempted, or only those that are not.', type: 'boolean' },
  path: { description: 'A path pattern, such as `services.*.image`, and everything below.', type: 'string' },
  q: { description: 'A text in path, message or rule, whatever its case.', type: 'string', maxLength: 200 },
} as const satisfies Readonly<Record<string, Schema>>

/** What checks found, over time. */
export const findings: readonly Route[] = [
  {
    method: 'GET',
    url: '/v1/workspaces/:workspace/findings',
    operation: 'listFindings',
    tag: 'findings',
    summary: 'Findings that stood at a moment',
    needs: ({ workspace }) => `read:${workspace ?? ''}`,
    query: querySchema({
      ...which,
      sort: {
        description: 'By path, by when they came (newest first), or by severity (worst first).',
        enum: orders,
        default: 'path',
      },
      facets: {
        description: 'Count all of them by group as well, each group without its own filter.',
        type: 'boolean',
      },
      limit: parameters.limit,
      cursor: parameters.cursor,
    }),
    answers: { 200: { description: 'Findings.', schema: { $ref: 'urn:congruent:http:findings' } } },
    handle: async (asked, { service }) => {
      const { query } = asked
      const order = orders.find((known) => known === query['sort']) ?? 'path'
      const rows = { ...pageIn(query), order, facets: query['facets'] === true }
      return { status: 200, body: await service.listFindings(inputOf(asked), rows) }
    },
  },
  {
    method: 'GET',
    url: '/v1/workspaces/:workspace/findings/summary',
    operation: 'countFindings',
    tag: 'findings',
    summary: 'How many findings stood at a moment, by group, most first',
    needs: ({ workspace }) => `read:${workspace ?? ''}`,
    query: querySchema({ ...which, by: { enum: groups } }, ['by']),
    answers: {
      200: {
        description: 'Counts; findings without an owner are in no group of owners.',
        schema: {
          type: 'object',
          properties: { items: { $ref: 'urn:congruent:http:finding-counts' } },
          required: ['items'],
          additionalProperties: false,
        },
      },
    },
    handle: async (asked, { service }) => {
      const by = groups.find((known) => known === asked.query['by']) ?? 'owner'
      return { status: 200, body: { items: await service.countFindings(inputOf(asked), by) } }
    },
  },
  {
    method: 'GET',
    url: '/v1/workspaces/:workspace/findings/:fingerprint',
    operation: 'getFinding',
    tag: 'findings',
    summary: 'One finding with its history as it was known at a moment, also when it is resolved',
    needs: ({ workspace }) => `read:${workspace ?? ''}`,
    params: {
      type: 'object',
      properties: { fingerprint: { title: '32 hex digits', type: 'string', pattern: '^[0-9a-f]{32}$' } },
    },
    query: querySchema({ environment: parameters.environment, at: parameters.at, known: parameters.known }),
    answers: { 200: { description: 'The finding.', schema: { $ref: 'urn:congruent:http:finding-history' } } },
    handle: async (asked, { service }) => ({
      status: 200,
      body: await service.findFinding(inputOf(asked), asked.params['fingerprint'] ?? ''),
    }),
  },
]

function inputOf({ params, query, deadlineMs, signal }: Asked): FindingsInput {
  const at = momentIn(query, 'at')
  return {
    workspace: params['workspace'] ?? '',
    filter: filterIn(query),
    ...(at === undefined ? {} : { at }),
    known: knownIn(query),
    deadlineMs,
    signal,
  }
}

function filterIn(query: Asked['query']): FindingFilter {
  const environment = textIn(query, 'environment')
  const path = pathIn(query, 'path', parsePattern)?.map((label) => label ?? '*')
  const { exempted } = query
  const outcome = outcomes.find((known) => known === query['outcome'])
  const kind = listIn(query, 'kind', kinds)
  const countsAs = listIn(query, 'countsAs', marks)
  const severity = listIn(query, 'severity', severities)
  const since = momentIn(query, 'since')
  const texts = Object.fromEntries(
    (['team', 'owner', 'rule', 'q'] as const).flatMap((name) => {
      const text = textIn(query, name)
      return text === undefined ? [] : [[name, text] as const]
    }),
  )
  return {
    ...texts,
    ...(environment === undefined ? {} : { environments: [environment] }),
    ...(outcome === undefined ? {} : { outcome }),
    ...(kind === undefined ? {} : { kind }),
    ...(countsAs === undefined ? {} : { countsAs }),
    ...(severity === undefined ? {} : { severity }),
    ...(since === undefined ? {} : { since }),
    ...(typeof exempted === 'boolean' ? { exempted } : {}),
    ...(path === undefined || path.length === 0 ? {} : { path }),
  }
}

/** The members of a list that is asked about. */
function listIn<Member extends string>(
  query: Asked['query'],
  name: string,
  members: readonly Member[],
): readonly Member[] | undefined {
  const list = query[name]
  return Array.isArray(list) ? members.filter((member) => list.includes(member)) : undefined
}
