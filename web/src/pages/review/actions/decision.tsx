import { useState } from 'preact/hooks'
import { team as lens, workspace } from '../../../address/lens.ts'
import { expectOwn } from '../../../api/own-news.ts'
import type { Proposal } from '../../../api/operations.ts'
import { WhoGrants } from '../../../parts/answered.tsx'
import { useKept } from '../../../parts/kept.ts'
import { may, reader } from '../../../session/reader.ts'
import { Outcome } from './outcome.tsx'
import { useAct } from './act.ts'

/**
 * What one says of a proposal for a team: approve it, object in words, take that back. The words stay in this tab until they are sent.
 * Who may not sees the same, and what is missing. `again` asks for the proposal anew.
 */
export function Decision({ made, again }: { made: Proposal; again: () => void }) {
  const scopeOf = (team: string) => `review:${workspace.value}/${team}` as const
  const asked = made.approvals.filter(({ required }) => required).map(({ team }) => team)
  const teams = made.approvals.map(({ team }) => team)
  const [chosen, choose] = useState<string>()
  const first = [...asked, ...teams].find((team) => may(scopeOf(team))) ?? asked[0] ?? made.team
  const team = chosen ?? teams.find((one) => one === lens.value) ?? first
  const [words, setWords] = useKept(JSON.stringify(['approval', workspace.value, made.proposal, team]), '')
  const act = useAct(again)
  if (reader.value === undefined) return null
  const params = { workspace: workspace.value, proposal: made.proposal }
  const isAllowed = may(scopeOf(team))
  const standing = made.approvals.find((approval) => approval.team === team)
  const hasSpoken = standing !== undefined && (standing.state !== 'waiting' || standing.earlier !== undefined)
  const expected = (state: string) => () => [
    expectOwn('proposal', { proposal: made.proposal, approval: { team, state } }),
  ]
  const say = (state: 'approved' | 'objected'): void => {
    if (!isAllowed) return
    if (state === 'objected' && words.trim() === '') return act.refuse('An objection says why: write it above.')
    const body = { team, state, base: made.base, ...(words.trim() === '' ? {} : { words: words.trim() }) }
    const done = state === 'approved' ? `Approved for ${team}.` : `Objected for ${team}.`
    act.send('approveProposal', { params, body }, { done, expected: expected(state), after: () => setWords('') })
  }
  const withdraw = (): void => {
    const done = `Taken back for ${team}.`
    if (isAllowed) act.send('withdrawApproval', { params, query: { team } }, { done, expected: expected('withdrawn') })
  }
  return (
    <form class="decision" aria-label="What your team says" onSubmit={(event) => event.preventDefault()}>
      <label>
        <span>For</span>
        <select value={team} onChange={({ currentTarget }) => choose(currentTarget.value)}>
          {[...new Set([...teams, team])].map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>In words (an objection needs them)</span>
        <textarea
          value={words}
          rows={2}
          maxLength={10_000}
          onInput={({ currentTarget }) => setWords(currentTarget.value)}
        />
      </label>
      <div class="acts">
        <Button allowed={isAllowed && !act.isSending} onClick={() => say('approved')} primary>
          Approve
        </Button>
        <Button allowed={isAllowed && !act.isSending} onClick={() => say('objected')}>
          Object
        </Button>
        {!hasSpoken ? null : (
          <Button allowed={isAllowed && !act.isSending} onClick={withdraw}>
            Take back
          </Button>
        )}
      </div>
      {isAllowed ? null : (
        <p class="dim" id="missing-review">
          You are not among those who speak for {team}: <code>{scopeOf(team)}</code> is missing.
          <WhoGrants scope={scopeOf(team)} />
        </p>
      )}
      <Outcome of={act.outcome} />
    </form>
  )
}

function Button({
  allowed,
  primary = false,
  onClick,
  children,
}: {
  allowed: boolean
  primary?: boolean
  onClick: () => void
  children: string
}) {
  return (
    <button type="button" class={primary && allowed ? 'primary' : ''} aria-disabled={!allowed} onClick={onClick}>
      {children}
    </button>
  )
}
