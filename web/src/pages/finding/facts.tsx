import type { FindingHistory } from '../../api/operations.ts'
import { contactOf } from '../../frame/workspace.ts'
import { markOf, Outcome } from '../../parts/shape.tsx'
import { Age, fullTime } from '../../parts/time.tsx'

/** The six facts that one asks for first. */
export function Facts({ finding }: { finding: FindingHistory }) {
  const { kind, severity, since, reopened, rule, owner, teams, observations, conjuncts } = finding
  const ruleTeam = conjuncts.find((one) => one.rule === rule.id)?.team ?? teams[0]
  return (
    <dl class="facts">
      <div>
        <dt>Outcome</dt>
        <dd>
          <Outcome of={markOf(finding)} why={kind} />{' '}
          <span class="dim">
            {kind}, {severity}
          </span>
        </dd>
      </div>
      <div>
        <dt>Since</dt>
        <dd>
          <b>
            <Age since={since} />
          </b>{' '}
          <span class="dim">
            {fullTime(since)}
            {reopened > 0 ? `, reopened ${reopened === 1 ? 'once' : `${reopened} times`}` : ''}
          </span>
        </dd>
      </div>
      <Whom label="Whose rule" team={ruleTeam} />
      <Whom label="Whose path" team={owner} />
      <div>
        <dt>Seen by</dt>
        <dd>
          {observations.length === 0
            ? 'nobody'
            : [...new Set(observations.map(({ observer, sequence }) => `${observer} #${sequence}`))].join(', ')}
        </dd>
      </div>
      <div>
        <dt>Rule</dt>
        <dd>
          <b>{rule.id}</b> <span class="dim">{rule.title}</span>
          {rule.docs === undefined || !/^https?:/.test(rule.docs) ? null : (
            <>
              {' '}
              <a href={rule.docs} rel="noreferrer noopener" target="_blank">
                why
              </a>
            </>
          )}
        </dd>
      </div>
    </dl>
  )
}

function Whom({ label, team }: { label: string; team: string | undefined }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        {team === undefined ? (
          'nobody’s'
        ) : (
          <>
            {team} <span class="contact">{contactOf(team)}</span>
          </>
        )}
      </dd>
    </div>
  )
}
