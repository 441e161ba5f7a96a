import { moment, pageAddress, team, workspace } from '../../address/lens.ts'
import { useAnswer } from '../../api/answer.ts'
import { WhenAnswered } from '../../parts/answered.tsx'
import { subjectOf } from '../../parts/subject.ts'
import { Shape } from '../../parts/shape.tsx'
import { Age } from '../../parts/time.tsx'
import { isUndecidedKind, whyUndecided } from '../../parts/why-undecided.ts'

const shown = 6

/** What nobody can say, newest first, each with its reason. */
export function Undecided({ environment }: { environment: string }) {
  const answer = useAnswer('listFindings', {
    params: { workspace: workspace.value },
    query: {
      environment,
      at: moment.value,
      team: team.value,
      countsAs: ['undecided'],
      sort: 'since',
      limit: shown,
    },
  })
  return (
    <WhenAnswered answer={answer}>
      {({ items }) =>
        items.length === 0 ? (
          <p class="dim">Everything that is asked for was looked at.</p>
        ) : (
          <ul class="why">
            {items.map((finding) => (
              <li key={finding.fingerprint}>
                <Shape of="undecided" why={finding.kind} quiet />
                <span>
                  <a href={pageAddress(`findings/${finding.fingerprint}`)}>{subjectOf(finding)}</a>
                  <small>
                    <b>{isUndecidedKind(finding.kind) ? whyUndecided[finding.kind] : finding.kind}</b>:{' '}
                    {finding.message}
                  </small>
                </span>
                <Age since={finding.since} />
              </li>
            ))}
          </ul>
        )
      }
    </WhenAnswered>
  )
}
