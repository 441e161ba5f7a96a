import { moment, pageAddress, workspace } from '../../address/lens.ts'
import { useAnswer } from '../../api/answer.ts'
import type { Explanation } from '../../api/operations.ts'
import { WhenAnswered } from '../../parts/answered.tsx'
import { markOf, Outcome } from '../../parts/shape.tsx'
import { Age } from '../../parts/time.tsx'

const most = 5

/** What was found at a path and below, worst first, each with its page and its history. */
export function FindingsHere({ explanation: { at, environment } }: { explanation: Explanation }) {
  const answer = useAnswer('listFindings', {
    params: { workspace: workspace.value },
    query: { environment, at: moment.value, path: at, sort: 'severity', limit: most },
  })
  return (
    <WhenAnswered answer={answer}>
      {({ items, next }) =>
        items.length === 0 ? (
          <p class="dim">Nothing was found here.</p>
        ) : (
          <ul class="here">
            {items.map((finding) => (
              <li key={finding.fingerprint}>
                <Outcome of={markOf(finding)} />{' '}
                <a href={pageAddress(`findings/${finding.fingerprint}`)}>
                  {finding.rule.id.includes(':') ? finding.kind : finding.rule.id}
                </a>{' '}
                <span class="dim">
                  {finding.at === at ? null : <bdi class="mono">{finding.at} </bdi>}
                  since <Age since={finding.since} />
                </span>
              </li>
            ))}
            {next === undefined ? null : (
              <li>
                <a href={pageAddress('findings', { path: at })}>and more</a>
              </li>
            )}
          </ul>
        )
      }
    </WhenAnswered>
  )
}
