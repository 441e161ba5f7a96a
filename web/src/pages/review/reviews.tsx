import { useEffect, useState } from 'preact/hooks'
import { moment, pageAddress, team, workspace } from '../../address/lens.ts'
import { parameter, withParameters } from '../../address/address.ts'
import { useAnswer } from '../../api/answer.ts'
import type { ListedProposal } from '../../api/operations.ts'
import { Failure, WhenAnswered } from '../../parts/answered.tsx'
import { Panel, Title } from '../../parts/panel.tsx'
import { Shape } from '../../parts/shape.tsx'
import { Age } from '../../parts/time.tsx'
import { ChooseFile, Dropping } from './dropping.tsx'
import { effectWords } from './effect-words.ts'
import './review.css'

const pageSize = 50
const states = ['open', 'adopted'] as const

/** Changes that are to be looked at: those that wait, or those that came into force. */
export function Reviews() {
  const state = states.find((known) => known === parameter('state')) ?? 'open'
  const question = { params: { workspace: workspace.value }, query: { state, limit: pageSize } }
  const answer = useAnswer('listProposals', question)
  return (
    <Dropping>
      <div class="head">
        <Title>Reviews</Title>
        <span class="seg small" role="group" aria-label="Which proposals">
          {states.map((one) => (
            <a
              key={one}
              href={withParameters({ state: one === 'open' ? undefined : one })}
              aria-current={one === state ? 'true' : undefined}
            >
              {one}
            </a>
          ))}
        </span>
        <ChooseFile />
      </div>
      {moment.value === undefined ? null : (
        <p class="said">Proposals are told as they stand now, whatever moment is looked at.</p>
      )}
      <WhenAnswered answer={answer}>
        {({ items, next }) =>
          items.length === 0 ? <Empty state={state} /> : <Rows key={state} state={state} items={items} next={next} />
        }
      </WhenAnswered>
    </Dropping>
  )
}

function Rows({
  state,
  items,
  next,
}: {
  state: 'open' | 'adopted'
  items: readonly ListedProposal[]
  next: string | undefined
}) {
  const [more, setMore] = useState<readonly ListedProposal[]>([])
  const [cursor, setCursor] = useState<string | undefined>(undefined)
  const query = { state, limit: pageSize, cursor }
  const page = useAnswer(
    'listProposals',
    cursor === undefined ? undefined : { params: { workspace: workspace.value }, query },
  )
  const following = cursor === undefined ? next : page.value?.next
  useEffect(() => {
    setMore([])
    setCursor(undefined)
  }, [items])
  useEffect(() => {
    if (page.value !== undefined && cursor !== undefined) setMore((before) => [...before, ...(page.value?.items ?? [])])
  }, [page.value])
  const shown = [...items, ...more].toSorted((a, b) => Number(concerns(b)) - Number(concerns(a)))
  return (
    <Panel id="h-proposals" title={state === 'open' ? 'Waiting to be adopted' : 'In force since'} flush>
      <ul class="proposals">
        {shown.map((proposal) => (
          <Row key={proposal.proposal} proposal={proposal} />
        ))}
      </ul>
      {page.problem === undefined ? null : <Failure problem={page.problem} again={page.again} kept />}
      {following === undefined ? null : (
        <p class="pad">
          <button type="button" onClick={() => setCursor(following)} disabled={page.waiting}>
            Show more
          </button>
        </p>
      )}
    </Panel>
  )
}

/** Whether the chosen team made it or has to agree. */
function concerns({ team: whose, approvals }: ListedProposal): boolean {
  return team.value !== undefined && (whose === team.value || approvals.some((one) => one.team === team.value))
}

function Row({ proposal: made }: { proposal: ListedProposal }) {
  const { proposal, team: whose, title, by, at, effect, approvals, head, state } = made
  const asked = approvals.filter(({ required }) => required)
  const agreed = asked.filter((one) => one.state === 'approved').length
  const objecting = approvals.filter((one) => one.state === 'objected').map((one) => one.team)
  const mark = effect.verdict === 'changed' || effect.verdict === 'unchanged' ? 'conforms' : effect.verdict
  return (
    <li class={concerns(made) ? 'own' : ''}>
      <Shape of={mark} />
      <div>
        <a class="row" href={pageAddress(`review/${encodeURIComponent(proposal)}`)}>
          {title ?? `A change of ${whose}`}
        </a>
        <p>{effectWords(effect)}</p>
        <small>
          {whose}, proposed by {by} · <Age since={at} />
          {state === 'open' && head.moved ? '; what is in force has moved since' : ''}
        </small>
      </div>
      <span class="agreed">
        {asked.length === 0 ? (
          <span class="dim">nobody has to agree</span>
        ) : (
          <span>
            <b class="num">
              {agreed} of {asked.length}
            </b>{' '}
            agreed
          </span>
        )}
        {objecting.length === 0 ? null : <span class="objecting">{objecting.join(', ')} objects</span>}
      </span>
    </li>
  )
}

function Empty({ state }: { state: string }) {
  if (state === 'adopted') return <p class="empty">No proposal has been adopted yet.</p>
  return (
    <div class="empty">
      <h2>No proposal is waiting</h2>
      <p>
        Fragments that conflict with what is in force become a proposal when they are pushed. What{' '}
        <code>congruent review --format json</code> wrote can be looked at here, too: drop the file on this page.
      </p>
    </div>
  )
}
