import { useMemo } from 'preact/hooks'
import { moment, workspace } from '../../address/lens.ts'
import { asOf, useAnswer } from '../../api/answer.ts'
import { environments } from '../../frame/workspace.ts'
import { WhenAnswered } from '../../parts/answered.tsx'
import { now } from '../../parts/time.tsx'
import { lanesOf } from './lanes.ts'
import { Legend } from './legend.tsx'
import { Picture } from './picture.tsx'
import { AsTable } from './strip-table.tsx'

const day = 86_400_000

/** The verdicts of a day up to the moment that is looked at, the chosen environment first; the same as a table. */
export function Strip({ environment }: { environment: string }) {
  const params = { workspace: workspace.value }
  const to = moment.value === undefined ? Math.floor(now.value / 60_000) * 60_000 + 60_000 : Date.parse(moment.value)
  const span = { from: to - day, to }
  // Where time goes on the picture moves with it; only what is new is asked for.
  const from = useMemo(() => span.from, [asOf.value, environment, moment.value])
  const query = { from: time(from), to: moment.value, keep: 'newest' as const }
  const timeline = useAnswer('getVerdictTimeline', { params, query })
  // Newest received first; `from` and `to` of that list are by the observers' clocks, and here it is ours that counts.
  const snapshots = useAnswer('listSnapshots', { params, query: { environment, at: moment.value, limit: 1000 } })
  const observers = useAnswer('listObservers', { params, query: { environment, at: moment.value } })
  return (
    <WhenAnswered answer={timeline}>
      {({ environments: all }) => {
        const order = [environment, ...environments.value.filter((name) => name !== environment).toReversed()]
        const timelines = order.flatMap((name) => all.filter((one) => one.name === name))
        const lanes = lanesOf(span, observers.value?.items ?? [], snapshots.value ?? { items: [] })
        const data = { span, timelines, lanes, untilNow: moment.value === undefined }
        return (
          <>
            <Picture data={data} />
            <Legend />
            <AsTable data={data} />
          </>
        )
      }}
    </WhenAnswered>
  )
}

function time(milliseconds: number): string {
  return new Date(milliseconds).toISOString()
}
