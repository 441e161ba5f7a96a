import { memberOf } from '../../model/data-map.ts'
import { Fault } from '../../errors.ts'
import type { ApproveInput } from '../../operations/stored/publishing/approve-proposal.ts'
import { demand, lacks } from '../access/access.ts'
import { pageIn, pageSchema, parameters, querySchema, textIn } from '../asked-values.ts'
import { publicationAnswer, publicationOf, publishedSchema } from '../publication.ts'
import type { Answer, Asked, Route, RouteDependencies } from '../route.ts'
import { sentFiles } from '../sent-files.ts'

const proposal = { $ref: 'urn:congruent:http:proposal' }
const listed = { $ref: 'urn:congruent:http:listed-proposal' }

/** Changes that are to be looked at before they come into force. */
export const proposals: readonly Route[] = [
  {
    method: 'POST',
    url: '/v1/workspaces/:workspace/proposals',
    operation: 'createProposal',
    tag: 'proposals',
    summary: "Propose a team's fragments",
    description:
      'They are compared with what is in force: changed paths, conflicts, and findings on the newest snapshots. The scope `publish` for the team is needed. As an archive, `team` and `title` are parameters of the query.',
    needs: 'token',
    query: querySchema({
      team: { description: 'Of an archive: whose fragments they are.', type: 'string', maxLength: 256 },
      title: { description: 'Of an archive: what the change is about.', type: 'string', maxLength: 1000 },
    }),
    body: {
      schema: { $ref: 'urn:congruent:http:proposal-request' },
      types: ['application/json', 'application/gzip'],
    },
    answers: { 201: { description: 'The proposal.', schema: proposal } },
    handle: propose,
  },
  {
    method: 'GET',
    url: '/v1/workspaces/:workspace/proposals',
    operation: 'listProposals',
    tag: 'proposals',
    summary: 'Proposals, newest first',
    needs: ({ workspace }) => `read:${workspace ?? ''}`,
    query: querySchema({
      state: { enum: ['open', 'adopted'] },
      limit: { ...parameters.limit, maximum: 100, default: 20 },
      cursor: parameters.cursor,
    }),
    answers: { 200: { description: 'Proposals.', schema: pageSchema(listed) } },
    handle: async ({ params, query }, { service }) => {
      const state = query['state']
      const body = await service.listProposals(params['workspace'] ?? '', {
        ...pageIn(query, 20),
        ...(state === 'open' || state === 'adopted' ? { state } : {}),
      })
      return { status: 200, body }
    },
  },
  {
    method: 'GET',
    url: '/v1/workspaces/:workspace/proposals/:proposal',
    operation: 'getProposal',
    tag: 'proposals',
    summary: 'A proposal, and what it would change',
    needs: ({ workspace }) => `read:${workspace ?? ''}`,
    answers: { 200: { description: 'The proposal.', schema: proposal } },
    handle: async ({ params }, { service }) => ({
      status: 200,
      body: await service.getProposal(params['workspace'] ?? '', params['proposal'] ?? ''),
    }),
  },
  {
    method: 'POST',
    url: '/v1/workspaces/:workspace/proposals/:proposal/compare',
    operation: 'compareProposal',
    tag: 'proposals',
    summary: 'Compare a proposal anew, with what is in force now',
    description:
      'On the newest snapshots. The scopes `read`, and `publish` for its team or `review` for a team that it concerns, are needed. Where another revision came, what teams said is `earlier` and does not count any more. Refused (409) once the proposal is adopted.',
    needs: 'token',
    answers: { 200: { description: 'The proposal.', schema: proposal } },
    handle: compareAnew,
  },
  {
    method: 'POST',
    url: '/v1/workspaces/:workspace/proposals/:proposal/adopt',
    operation: 'adoptProposal',
    tag: 'proposals',
    summary: "Make a proposal's fragments those in force",
    description:
      'The scope `publish` for its team is needed. Refused (409) where the team has published others since, unless `If-Match` names their `ETag`, where it conflicts with what is in force now, and where the workspace asks for approvals that are missing.',
    needs: 'token',
    query: querySchema({
      force: {
        description: 'Comes into force although it conflicts or approvals are missing; needs the scope `admin`.',
        type: 'boolean',
        default: false,
      },
    }),
    answers: { 200: { description: 'The revision.', schema: publishedSchema } },
    handle: adopt,
  },
  {
    method: 'POST',
    url: '/v1/workspaces/:workspace/proposals/:proposal/approvals',
    operation: 'approveProposal',
    tag: 'proposals',
    summary: 'Approve a proposal for a team, or object to it',
    description:
      'The scopes `review` for the team and `read` are needed. What a team says last holds; an objection says why. Refused (409) once the proposal is adopted, and (412) where `base` is given and it was compared with another revision since.',
    needs: 'token',
    body: { schema: { $ref: 'urn:congruent:http:approval-request' }, types: ['application/json'] },
    answers: { 200: { description: 'The proposal.', schema: proposal } },
    handle: approve,
  },
  {
    method: 'DELETE',
    url: '/v1/workspaces/:workspace/proposals/:proposal/approvals',
    operation: 'withdrawApproval',
    tag: 'proposals',
    summary: 'Take back what a team said of a proposal',
    description: 'The scopes `review` for the team and `read` are needed. What was said stays in the audit log.',
    needs: 'token',
    query: {
      ...querySchema({ team: { description: 'For whom it was said.', type: 'string', maxLength: 256 } }),
      required: ['team'],
    },
    answers: { 200: { description: 'The proposal.', schema: proposal } },
    handle: async (asked, { service }) => ({
      status: 200,
      body: await service.approveProposal({
        ...reviewOf(asked, textIn(asked.query, 'team') ?? ''),
        state: 'withdrawn',
      }),
    }),
  },
]

async function propose(asked: Asked, { service }: RouteDependencies): Promise<Answer> {
  const { params, query, body = null, subject, id, deadlineMs, signal } = asked
  const { workspace = '' } = params
  const said = (name: 'team' | 'title'): string | undefined => {
    const value = memberOf(body, name)
    return typeof value === 'string' ? value : textIn(query, name)
  }
  const team = said('team')
  const title = said('title')?.trim()
  if (team === undefined)
    throw new Fault('QUERY_INVALID', 'an archive does not say whose it is: the parameter `team` does')
  demand(asked, `publish:${workspace}/${team}`)
  const made = await service.propose({
    workspace,
    team,
    ...(title === undefined || title === '' ? {} : { title }),
    files: sentFiles(asked),
    asker: { by: subject.name, request: id },
    deadlineMs,
    signal,
  })
  return { status: 201, body: made }
}

async function compareAnew(asked: Asked, { service }: RouteDependencies): Promise<Answer> {
  const { params, subject, id, deadlineMs, signal } = asked
  const { workspace = '', proposal = '' } = params
  demand(asked, `read:${workspace}`)
  const { team, approvals } = await service.getProposal(workspace, proposal)
  const speaks = approvals.some((one) => asked.may(`review:${workspace}/${one.team}`))
  if (!speaks) demand(asked, `publish:${workspace}/${team}`)
  const asker = { by: subject.name, request: id }
  return { status: 200, body: await service.compareAnew({ workspace, proposal, asker, deadlineMs, signal }) }
}

async function adopt(asked: Asked, { service }: RouteDependencies): Promise<Answer> {
  const { workspace = '', proposal = '' } = asked.params
  const { team } = await service.getProposal(workspace, proposal).catch((error: unknown) => {
    // Who may not read here does not learn what there is.
    throw asked.may(`read:${workspace}`) ? error : lacks(asked.subject, `publish:${workspace}/*`)
  })
  demand(asked, `publish:${workspace}/${team}`)
  return publicationAnswer(200, await service.adoptProposal({ ...publicationOf(asked), proposal }))
}

async function approve(asked: Asked, { service }: RouteDependencies): Promise<Answer> {
  const { body = null } = asked
  const [team, words] = [memberOf(body, 'team'), memberOf(body, 'words')]
  const state = memberOf(body, 'state') === 'approved' ? 'approved' : 'objected'
  const said = typeof words === 'string' && words.trim() !== '' ? { words } : {}
  const review = reviewOf(asked, typeof team === 'string' ? team : '')
  if (state === 'objected' && !('words' in said))
    throw new Fault('BODY_INVALID', 'an objection says why: `words` is absent or blank')
  const base = memberOf(body, 'base')
  const seen = typeof base === 'number' ? { base } : {}
  return { status: 200, body: await service.approveProposal({ ...review, state, ...said, ...seen }) }
}

/** Which proposal, for which team. Throws FORBIDDEN where the asker may not speak for it, or not read what it is about. */
function reviewOf(asked: Asked, team: string): Omit<ApproveInput, 'state'> {
  const { params, subject, id } = asked
  const { workspace = '', proposal = '' } = params
  demand(asked, `review:${workspace}/${team}`)
  demand(asked, `read:${workspace}`)
  return { workspace, proposal, team, asker: { by: subject.name, request: id } }
}
