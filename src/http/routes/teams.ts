import { parseDuration } from '../../model/duration.ts'
import { momentIn, parameters, querySchema, textIn } from '../asked-values.ts'
import type { Route, Schema } from '../route.ts'

const { at, environment } = parameters

function listOf(items: Schema): Schema {
  return {
    type: 'object',
    properties: { items: { type: 'array', items } },
    required: ['items'],
    additionalProperties: false,
  }
}

/** What a workspace says of teams, rules and exemptions, with what stands against each. */
export const teams: readonly Route[] = [
  {
    method: 'GET',
    url: '/v1/workspaces/:workspace/teams',
    operation: 'listTeams',
    tag: 'workspaces',
    summary: 'The teams, what they may say and answer for',
    needs: ({ workspace }) => `read:${workspace ?? ''}`,
    query: querySchema({ environment, at }),
    answers: { 200: { description: 'Teams, by name.', schema: listOf({ $ref: 'urn:congruent:http:team' }) } },
    handle: async ({ params, query }, { service }) => ({
      status: 200,
      body: { items: await service.teams(params['workspace'] ?? '', whenIn(query)) },
    }),
  },
  {
    method: 'GET',
    url: '/v1/workspaces/:workspace/rules',
    operation: 'listRules',
    tag: 'workspaces',
    summary: 'The rules that fragments state in an environment',
    description: 'Findings of exempted rules are not counted.',
    needs: ({ workspace }) => `read:${workspace ?? ''}`,
    query: querySchema({ environment, at }),
    answers: { 200: { description: 'Rules, by id and team.', schema: listOf({ $ref: 'urn:congruent:http:rule' }) } },
    handle: async ({ params, query, deadlineMs, signal }, { service }) => ({
      status: 200,
      body: {
        items: await service.rulesAt({ workspace: params['workspace'] ?? '', ...whenIn(query), deadlineMs, signal }),
      },
    }),
  },
  {
    method: 'GET',
    url: '/v1/workspaces/:workspace/rules/matches',
    operation: 'listRuleMatches',
    tag: 'workspaces',
    summary: 'At how many observed paths each rule speaks, satisfied or not',
    description:
      'Of what the newest check at that moment looked at; worked out when it is asked for the first time, and kept.',
    needs: ({ workspace }) => `read:${workspace ?? ''}`,
    query: querySchema({ environment, at }),
    answers: {
      200: {
        description: 'Rules, by id and team; those that speak nowhere are left out.',
        schema: {
          type: 'object',
          properties: {
            check: {
              description: 'The number of that check. Absent: there was none yet.',
              type: 'integer',
              minimum: 1,
            },
            items: {
              type: 'array',
              items: {
                type: 'object',
                properties: {
                  id: { type: 'string' },
                  team: { type: 'string' },
                  paths: { type: 'integer', minimum: 1 },
                },
                required: ['id', 'team', 'paths'],
                additionalProperties: false,
              },
            },
          },
          required: ['items'],
          additionalProperties: false,
        },
      },
    },
    handle: async ({ params, query, deadlineMs, signal }, { service }) => ({
      status: 200,
      body: await service.ruleMatchesAt({
        workspace: params['workspace'] ?? '',
        ...whenIn(query),
        deadlineMs,
        signal,
      }),
    }),
  },
  {
    method: 'GET',
    url: '/v1/workspaces/:workspace/exemptions',
    operation: 'listExemptions',
    tag: 'workspaces',
    summary: 'The exemptions, what each excuses, and what of their files cannot be read',
    needs: ({ workspace }) => `read:${workspace ?? ''}`,
    query: querySchema({
      environment: { ...environment, description: 'Those about it, with what they excuse there. Default: every one.' },
      at,
      within: {
        title: 'a duration such as `14d`',
        description: 'Only those that expire within this time, or have.',
        type: 'string',
        pattern: '^(?=\\d)(\\d{1,9}d)?(\\d{1,9}h)?(\\d{1,9}m)?(\\d{1,9}s)?$',
      },
    }),
    answers: {
      200: { description: 'Exemptions, by id.', schema: { $ref: 'urn:congruent:http:exemptions-at' } },
    },
    handle: async ({ params, query }, { service }) => {
      const within = textIn(query, 'within')
      const withinMs = within === undefined ? undefined : parseDuration(within)
      const body = await service.exemptionsAt(params['workspace'] ?? '', {
        ...whenIn(query),
        ...(withinMs === undefined ? {} : { withinMs }),
      })
      return { status: 200, body }
    },
  },
]

function whenIn(query: Readonly<Record<string, unknown>>): { readonly environment?: string; readonly at?: Date } {
  const [name, moment] = [textIn(query, 'environment'), momentIn(query, 'at')]
  return { ...(name === undefined ? {} : { environment: name }), ...(moment === undefined ? {} : { at: moment }) }
}
