import { pathHere } from '../../address/address.ts'
import { pageAddress, workspace } from '../../address/lens.ts'
import { useAnswer } from '../../api/answer.ts'
import type { Proposal as Made } from '../../api/operations.ts'
import { WhenAnswered } from '../../parts/answered.tsx'
import { Title } from '../../parts/panel.tsx'
import { Shape } from '../../parts/shape.tsx'
import { fullTime } from '../../parts/time.tsx'
import { Adopt } from './actions/adopt.tsx'
import { CompareAnew } from './actions/compare-anew.tsx'
import { Decision } from './actions/decision.tsx'
import { Approvals, type Standing } from './approvals.tsx'
import { Body } from './body.tsx'
import { Dropping } from './dropping.tsx'
import { Sentence } from './sentence.tsx'
import { ComparedEnvironments, markOfNews, shownEnvironment } from './shown-environment.tsx'
import './actions/actions.css'
import './review.css'

/** One proposal: what it does and to whom, who has to agree, and what to look at twice. */
export function Proposal() {
  const proposal = decodeURIComponent(/review\/([^/]+)/.exec(pathHere())?.[1] ?? '')
  const answer = useAnswer('getProposal', { params: { workspace: workspace.value, proposal } })
  return (
    <Dropping>
      <WhenAnswered answer={answer}>{(made) => <Found made={made} again={answer.again} />}</WhenAnswered>
    </Dropping>
  )
}

function Found({ made, again }: { made: Made; again: () => void }) {
  const { comparison, team, title, proposal, base, state, adopted, compared } = made
  const shown = shownEnvironment(comparison)
  return (
    <div class="stack">
      <nav class="crumbs" aria-label="Where you are">
        <a href={pageAddress('review')}>Reviews</a> <span aria-hidden="true">/</span> {team}
      </nav>
      <div class="verdict">
        <Shape of={shown === undefined ? 'undecided' : markOfNews(shown)} big quiet />
        <div>
          <Title>{title ?? `A change of ${team}`}</Title>
          {shown === undefined ? (
            <p class="lead">No environment could be compared: nobody can say what it does.</p>
          ) : (
            <Sentence comparison={comparison} shown={shown} />
          )}
          <p class="meta">
            proposed by {made.by} for {team} · {fullTime(made.at)} ·{' '}
            {compared === undefined ? null : `compared anew by ${compared.by} · ${fullTime(compared.at)} · `}
            against revision <span class="num">{base}</span>
          </p>
        </div>
        {shown === undefined ? null : <ComparedEnvironments comparison={comparison} shown={shown} />}
      </div>
      {state === 'adopted' ? (
        <p class="said">
          Adopted{adopted === undefined ? '' : ` in revision ${adopted}`}: what follows is what it did then.
        </p>
      ) : null}
      {state === 'open' ? <CompareAnew key={proposal} made={made} again={again} /> : null}
      {shown === undefined ? null : (
        <Body
          comparison={comparison}
          shown={shown}
          approvals={
            <Approvals standings={standingsOf(made)}>
              {state === 'open' ? (
                <>
                  <Decision key={made.proposal} made={made} again={again} />
                  <Adopt made={made} again={again} />
                </>
              ) : null}
            </Approvals>
          }
        />
      )}
    </div>
  )
}

/** What each team said, with the paths that it is about. */
function standingsOf({ approvals, comparison }: Made): readonly Standing[] {
  return approvals.map((approval) => {
    const owner = comparison.approvals.find(({ team }) => team === approval.team)
    return {
      ...approval,
      paths: owner?.paths ?? [],
      ...(owner?.contact === undefined ? {} : { contact: owner.contact }),
    }
  })
}
