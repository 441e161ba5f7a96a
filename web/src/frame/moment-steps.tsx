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
  const of = { params: { workspace: workspace.value } }
  const query = { environment: environment.value, limit: 2 }
  const isKnown = environment.value !== undefined
  const until = useAnswer(
    'getVerdictTimeline',
    isKnown ? { ...of, query: { ...query, to: at, keep: 'newest' } } : undefined,
  )
  const since = useAnswer(
    'getVerdictTimeline',
    isKnown && at !== undefined ? { ...of, query: { ...query, from: at } } : undefined,
  )
  const [earlier, last] = (until.value?.environments[0]?.segments ?? []).slice(-2).map(({ from }) => from)
  if (at === undefined)
    // Now shows what the last change brought, so that the step before is the one before it.
    return { before: last === undefined ? undefined : earlier, after: undefined }
  const isBefore = (time: string | undefined): boolean => time !== undefined && Date.parse(time) < Date.parse(at)
  return {
    before: [last, earlier].find(isBefore),
    after: since.value?.environments[0]?.segments
      .map(({ from }) => from)
      .find((time) => Date.parse(time) > Date.parse(at)),
  }
}
