import { withParameters } from '../../address/address.ts'
import type { ReviewEnvironment } from '../../api/operations.ts'
import { environment } from '../../frame/workspace.ts'
import { Shape } from '../../parts/shape.tsx'
import { type Comparison, countedNews, newsByOwner } from './news.ts'

/** The environment that is looked at: that of the lens where it is compared, else the first that changes. */
export function shownEnvironment({ environments }: Comparison): ReviewEnvironment | undefined {
  const asked = environments.find(({ name }) => name === environment.value)
  return asked ?? environments.find(({ changes }) => changes.length > 0) ?? environments[0]
}

/** The worst of what is new in an environment. */
export function markOfNews(one: ReviewEnvironment): 'conflicts' | 'violates' | 'undecided' | 'conforms' {
  if (one.conflicts.new.length > 0) return 'conflicts'
  const { violating, undecided } = countedNews(newsByOwner(one, undefined))
  if (violating > 0) return 'violates'
  return undecided > 0 ? 'undecided' : 'conforms'
}

/** The environments that were compared, each with the worst of what is new there. */
export function ComparedEnvironments({ comparison, shown }: { comparison: Comparison; shown: ReviewEnvironment }) {
  if (comparison.environments.length < 2) return null
  return (
    <div class="seg small" role="group" aria-label="Environment of the review">
      {comparison.environments.map((one) => (
        <a
          key={one.name}
          href={withParameters({ env: one.name })}
          aria-current={one.name === shown.name ? 'true' : undefined}
        >
          <Shape of={markOfNews(one)} />
          {one.name}
        </a>
      ))}
    </div>
  )
}
