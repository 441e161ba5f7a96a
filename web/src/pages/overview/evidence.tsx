import { moment, pageAddress, workspace } from '../../address/lens.ts'
import { useAnswer } from '../../api/answer.ts'
import type { CoverageAt, ObserverNow } from '../../api/operations.ts'
import { counted } from '../../parts/panel.tsx'
import { Age } from '../../parts/time.tsx'

/** On what it rests that an environment conforms: whose word, how old, and about how much of what is demanded. */
export function Evidence({ environment }: { environment: string }) {
  const question = { params: { workspace: workspace.value }, query: { environment, at: moment.value } }
  const observers = useAnswer('listObservers', question)
  const coverage = useAnswer('getCoverage', question)
  if (observers.value === undefined) return null
  return (
    <p class="lead evidence">
      <Snapshots observers={observers.value.items} />
      {coverage.value === undefined ? null : <Covered coverage={coverage.value} />}
    </p>
  )
}

function Snapshots({ observers }: { observers: readonly ObserverNow[] }) {
  const [oldest] = observers.map(({ observedAt }) => observedAt).toSorted((a, b) => Date.parse(a) - Date.parse(b))
  if (oldest === undefined) return null
  return (
    <>
      On the word of <a href={pageAddress('observers')}>{counted(observers.length, 'observer')}</a>; age of the oldest
      snapshot: <Age since={oldest} />.{' '}
    </>
  )
}

function Covered({ coverage: { paths } }: { coverage: CoverageAt }) {
  const demanded = paths.filter(({ path, desired = 0 }) => path !== '' && desired > 0)
  const seen = demanded.filter(({ sights }) => sights.some(({ sight }) => sight === 'all'))
  if (demanded.length === 0) return null
  return (
    <>
      {seen.length === demanded.length ? 'All' : seen.length} of{' '}
      <a href={pageAddress('observers')}>{counted(demanded.length, 'demanded path')}</a>{' '}
      {seen.length === 1 ? 'was' : 'were'} looked at completely.
    </>
  )
}
