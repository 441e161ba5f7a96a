import { useRef } from 'preact/hooks'
import { workspace } from '../../../address/lens.ts'
import { expectOwn } from '../../../api/own-news.ts'
import type { Proposal } from '../../../api/operations.ts'
import { WhoGrants } from '../../../parts/answered.tsx'
import { may, reader } from '../../../session/reader.ts'
import { listed } from '../meanings.ts'
import { useAct } from './act.ts'
import { Outcome } from './outcome.tsx'

/** Brings a proposal into force, after asking once more, and telling who has not agreed. */
export function Adopt({ made, again }: { made: Proposal; again: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const act = useAct(again)
  if (reader.value === undefined) return null
  const { team, proposal, missing } = made
  const scope = `publish:${workspace.value}/${team}` as const
  const isPermitted = may(scope)
  const isAllowed = isPermitted && missing.length === 0
  const open = made.approvals.filter(({ required, state }) => required && state !== 'approved')
  const adopt = (): void => {
    dialog.current?.close()
    act.send(
      'adoptProposal',
      { params: { workspace: workspace.value, proposal } },
      {
        done: 'Adopted: it is in force.',
        expected: () => [expectOwn('proposal', { proposal }), expectOwn('revision', { proposal })],
      },
    )
  }
  return (
    <div class="adopt">
      <button
        type="button"
        aria-disabled={!isAllowed || act.isSending}
        onClick={() => (isAllowed && !act.isSending ? dialog.current?.showModal() : undefined)}
      >
        Adopt
      </button>
      {missing.length === 0 ? null : (
        <p class="dim">
          {workspace.value} asks for the approval of whom a change concerns: {listed(missing)}{' '}
          {missing.length === 1 ? 'has' : 'have'} not approved.
        </p>
      )}
      {isPermitted ? null : (
        <p class="dim">
          Who publishes for {team} adopts it: <code>{scope}</code> is missing.
          <WhoGrants scope={scope} />
        </p>
      )}
      <Outcome of={act.outcome} />
      <dialog ref={dialog} aria-label="Adopt this proposal">
        <h2>Adopt this proposal?</h2>
        <p>
          What {team} proposes comes into force in {workspace.value} at once, in every environment.
        </p>
        {open.length === 0 ? null : (
          <>
            <p>Not agreed yet:</p>
            <ul>
              {open.map(({ team: name, state }) => (
                <li key={name}>
                  <b>{name}</b> {state === 'objected' ? 'objects' : 'has not answered'}
                </li>
              ))}
            </ul>
          </>
        )}
        <form method="dialog">
          <button type="button" class="primary" onClick={adopt}>
            {open.length === 0 ? 'Adopt' : 'Adopt all the same'}
          </button>
          <button>Cancel</button>
        </form>
      </dialog>
    </div>
  )
}
