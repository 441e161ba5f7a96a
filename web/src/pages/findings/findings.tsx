import { useEffect, useState } from 'preact/hooks'
import { withParameters } from '../../address/address.ts'
import { moment, pageAddress } from '../../address/lens.ts'
import { useAnswer } from '../../api/answer.ts'
import type { TrackedFinding } from '../../api/operations.ts'
import { environment, verdicts } from '../../frame/workspace.ts'
import { Failure, WhenAnswered } from '../../parts/answered.tsx'
import { counted, Title } from '../../parts/panel.tsx'
import { Outcome, Shape, wordOf } from '../../parts/shape.tsx'
import { fullTime } from '../../parts/time.tsx'
import { Facets } from './facets.tsx'
import { activeFilters, findingsAsked, groupingAsked } from './filters.ts'
import { Search } from './search.tsx'
import { FindingsTable } from './table.tsx'
import './findings.css'

const outcomes = ['conflicts', 'violates', 'undecided', 'none'] as const

/** What deviates, from whom and since when; the address holds every filter. */
export function Findings() {
  const answer = useAnswer('listFindings', findingsAsked())
  const facets = answer.value?.facets
  const total = facets?.environment.find(({ name }) => name === environment.value)?.count ?? 0
  return (
    <>
      <div class="head">
        <Title>Findings</Title>
        <p class="counts" role="status">
          {outcomes.map((outcome) => {
            const count = facets?.outcome.find(({ name }) => name === outcome)?.count ?? 0
            return count === 0 ? null : (
              <Outcome key={outcome} of={outcome}>
                <b class="num">{count}</b> {wordOf[outcome]}
              </Outcome>
            )
          })}
          {moment.value === undefined ? null : <span class="past">as it was at {fullTime(moment.value)}</span>}
        </p>
      </div>
      <Search />
      <div class="with-side">
        {facets === undefined ? <div /> : <Facets facets={facets} />}
        <div class="panel flush">
          <WhenAnswered answer={answer}>
            {({ items, next }) => (items.length === 0 ? <Empty /> : <Rows items={items} next={next} total={total} />)}
          </WhenAnswered>
        </div>
      </div>
    </>
  )
}

/** The first rows, and more of them when they are wanted. */
function Rows({ items, next, total }: { items: readonly TrackedFinding[]; next: string | undefined; total: number }) {
  const [more, setMore] = useState<readonly TrackedFinding[]>([])
  const [cursor, setCursor] = useState<string | undefined>(undefined)
  const page = useAnswer('listFindings', cursor === undefined ? undefined : findingsAsked(cursor))
  const following = cursor === undefined ? next : page.value?.next
  useEffect(() => {
    setMore([])
    setCursor(undefined)
  }, [items])
  useEffect(() => {
    if (page.value !== undefined && cursor !== undefined) setMore((before) => [...before, ...(page.value?.items ?? [])])
  }, [page.value])
  const shown = [...items, ...more]
  return (
    <>
      <FindingsTable findings={shown} by={groupingAsked()} />
      {page.problem === undefined ? null : <Failure problem={page.problem} again={page.again} kept />}
      <p class="more">
        {counted(shown.length, 'row')} of {total.toLocaleString('en')}{' '}
        {following === undefined ? null : (
          <button type="button" onClick={() => setCursor(following)} disabled={page.waiting}>
            Show more
          </button>
        )}
      </p>
    </>
  )
}

function Empty() {
  const active = activeFilters()
  const now = verdicts.value?.environments.find(({ name }) => name === environment.value)
  if (active.length === 0)
    return (
      <div class="empty">
        <Shape of={now?.verdict ?? 'undecided'} big quiet />
        <h2>{now?.verdict === 'conforms' ? 'Nothing was found' : 'Nothing is known yet'}</h2>
        <p>
          <a href={pageAddress('')}>The overview</a> says{' '}
          {now?.verdict === 'conforms' ? 'on what evidence' : 'what to do'}.
        </p>
      </div>
    )
  const all = Object.values(now?.counts?.byOutcome ?? {}).reduce((sum, count) => sum + count, 0)
  return (
    <div class="empty">
      <h2>Nothing matches these filters</h2>
      <p>
        {all === 0 ? '' : `Without them there ${all === 1 ? 'is' : 'are'} ${counted(all, 'finding')}. `}
        <a href={withParameters(Object.fromEntries(active.map(([name]) => [name, undefined])))}>Clear the filters</a>
      </p>
    </div>
  )
}
