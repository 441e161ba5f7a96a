import { useRef } from 'preact/hooks'
import { workspace } from '../../../address/lens.ts'
import { expectOwn } from '../../../api/own-news.ts'
import type { Proposal } from '../../../api/operations.ts'
import { WhoGrants } from '../../../parts/answered.tsx'
import { may, reader } from '../../../session/reader.ts'
import { useAct } from './act.ts'
import { Outcome } from './outcome.tsx'

/** Says that what a proposal was compared with is not in force any more, and compares it with what is. */
export function CompareAnew({ made, again }: { made: Proposal; again: () => void }) {
  const place = useRef<HTMLDivElement>(null)
  const act = useAct(again)
  const { proposal, head } = made
  const { done } = act.outcome
  if (!head.moved && done === undefined) return null
  const compare = (): void =>
    act.send(
      'compareProposal',
      { params: { workspace: workspace.value, proposal } },
      {
        done: `Compared with revision ${head.revision}.`,
        expected: () => [expectOwn('proposal', { proposal })],
        // The button goes; who pressed it by a key stays here.
        after: () => place.current?.focus(),
      },
    )
  return (
    <div class={head.moved ? 'said moved' : 'said'} tabIndex={-1} ref={place}>
      {head.moved ? <Moved made={made} isSending={act.isSending} compare={compare} /> : null}
      <Outcome of={act.outcome} />
    </div>
  )
}

function Moved({ made, isSending, compare }: { made: Proposal; isSending: boolean; compare: () => void }) {
  const { team, base, head, approvals } = made
  const scope = `publish:${workspace.value}/${team}` as const
  const isAllowed = may(scope) || approvals.some((one) => may(`review:${workspace.value}/${one.team}`))
  const hasSpoken = approvals.some(({ state }) => state !== 'waiting')
  return (
    <>
      <p>
        Revision {head.revision} came since; this was compared with revision {base}.
        {hasSpoken ? ' What was said is about that: once it is compared anew, everybody is asked again.' : ''}
      </p>
      {reader.value === undefined ? null : (
        <>
          <button type="button" aria-disabled={!isAllowed || isSending} onClick={isAllowed ? compare : undefined}>
            {isSending ? 'Comparing …' : `Compare with revision ${head.revision}`}
          </button>
          {isAllowed ? null : (
            <p class="dim">
              Who publishes for {team}, or speaks for a team that it concerns, compares it: <code>{scope}</code> is
              missing.
              <WhoGrants scope={scope} />
            </p>
          )}
        </>
      )}
    </>
  )
}
