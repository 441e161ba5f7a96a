import { isDataList } from '../model/data.ts'
import type { Data } from '../model/data.ts'
import { memberOf } from '../model/data-map.ts'
import type { ReviewCounts } from '../model/review.ts'
import type { Client } from './client.ts'
import { notUnderstood } from './findings.ts'

/** What a server keeps of files that were proposed. */
export interface Proposed {
  readonly proposal: string
  /** The revision that they were compared with. */
  readonly base: number
  /** Findings that they would bring and take away. */
  readonly counts: ReviewCounts
  /** Teams whose approval is waited for, and who have not approved; sorted. */
  readonly asked: readonly string[]
}

/** A team's files as they should become. */
export interface ProposedFiles {
  readonly workspace: string
  readonly team: string
  readonly title?: string
  /** Texts by name. */
  readonly files: ReadonlyMap<string, string>
}

/** Keeps a team's files as a proposal; a change that waits already, under the same title, is the same one. */
export async function proposeFiles(
  client: Client,
  { workspace, team, title, files }: ProposedFiles,
): Promise<Proposed> {
  const { data } = await client.send({
    method: 'POST',
    path: ['v1', 'workspaces', workspace, 'proposals'],
    body: JSON.stringify({ team, ...(title === undefined ? {} : { title }), files: Object.fromEntries(files) }),
  })
  const [proposal, base] = [memberOf(data, 'proposal'), memberOf(data, 'base')]
  const [approvals, comparison] = [memberOf(data, 'approvals'), memberOf(data, 'comparison')]
  if (typeof proposal !== 'string' || typeof base !== 'number' || approvals === undefined || !isDataList(approvals))
    throw notUnderstood(client.server)
  const counts = countsIn(memberOf(comparison, 'summary'))
  const asked = approvals
    .filter((one) => memberOf(one, 'required') === true && memberOf(one, 'state') !== 'approved')
    .flatMap((one) => {
      const name = memberOf(one, 'team')
      return typeof name === 'string' ? [name] : []
    })
  return { proposal, base, counts, asked }
}

function countsIn(summary: Data | undefined): ReviewCounts {
  const of = (name: keyof ReviewCounts): number => {
    const count = memberOf(summary, name)
    return typeof count === 'number' ? count : 0
  }
  return {
    conflicts: of('conflicts'),
    violating: of('violating'),
    undecided: of('undecided'),
    minor: of('minor'),
    resolved: of('resolved'),
    changed: of('changed'),
  }
}
