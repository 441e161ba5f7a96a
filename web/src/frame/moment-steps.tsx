import { useMemo } from 'preact/hooks'
import { withParameters } from '../address/address.ts'
import { moment, workspace } from '../address/lens.ts'
import { useAnswer } from '../api/answer.ts'
import { clockTime, fullTime, now } from '../parts/time.tsx'
import { environment } from './workspace.ts'

/** The point in time, and steps from change to change through history. */
export function MomentSteps() {
  const at = moment.value
  const { before, after } = useNeighbours()
  return (
    <div class="asof" role="group" aria-label="Point in time">
      {before === undefined ? (
        <span class="step off" aria-hidden="true">
          ‹
        </span>
      ) : (
        <a
          class="step"
          data-key="["
          href={withParameters({ at: before })}
          aria-label="Previous change"
          title="Previous change ( [ )"
        >
          ‹
        </a>
      )}
      <span class="when">
        {at === undefined ? (
          <>
            <b>now</b> <span class="num">{clockTime(now.value)} UTC</span>
          </>
        ) : (
          <>
            <b class="num">{fullTime(at)}</b> <span class="past">as it was</span>
          </>
        )}
      </span>
      {at === undefined ? (
        <span class="step off" aria-hidden="true">
          ›
        </span>
      ) : (
        <a
          class="step"
          data-key="]"
          href={withParameters({ at: after })}
          aria-label={after === undefined ? 'Now' : 'Next change'}
          title="Next change ( ] )"
        >
          ›
        </a>
      )}
      {at === undefined ? null : (
        <a class="back" href={withParameters({ at: undefined })}>
          Back to now
        </a>
      )}
    </div>
  )
}

/** The changes before and after the moment that is looked at. */
function useNeighbours(): { readonly before: string | undefined; readonly after: string | undefined } {
  const at = moment.value
  const timeline = useAnswer(
    'getVerdictTimeline',
    environment.value === undefined
      ? undefined
      : { params: { workspace: workspace.value }, query: { environment: environment.value } },
  )
  return useMemo(() => {
    const starts = timeline.value?.environments[0]?.segments.map(({ from }) => from) ?? []
    const isBefore = (time: string): boolean => at === undefined || Date.parse(time) < Date.parse(at)
    const earlier = starts.filter(isBefore)
    // Now shows what the last change brought, so that the step before is the one before it.
    return {
      before: at === undefined ? earlier.at(-2) : earlier.at(-1),
      after: at === undefined ? undefined : starts.find((time) => Date.parse(time) > Date.parse(at)),
    }
  }, [timeline.value, at])
}
