import { useEffect, useMemo, useState } from 'preact/hooks'
import { parameter, withParameters } from '../../address/address.ts'
import { moment, pageAddress } from '../../address/lens.ts'
import { asOf, useAnswer } from '../../api/answer.ts'
import type { Findings as FindingsAnswer, TrackedFinding } from '../../api/operations.ts'
import { environment, verdicts } from '../../frame/workspace.ts'
import { Failure, WhenAnswered } from '../../parts/answered.tsx'
import { counted, Title } from '../../parts/panel.tsx'
import { Outcome, Shape, wordOf } from '../../parts/shape.tsx'
import { fullTime, now } from '../../parts/time.tsx'
import { Facets } from './facets.tsx'
import { activeFilters, findingsAsked, groupingAsked, marks } from './filters.ts'
import { Search } from './search.tsx'
import { FindingsTable } from './table.tsx'
import './findings.css'

type FindingFacets = FindingsAnswer['facets'] | undefined

/** What deviates, from whom and since when; the address holds every filter. */
export function Findings() {
  // Counted back from when it was asked for, so that the list stays while one reads.
  const from = useMemo(() => now.peek(), [parameter('since'), moment.value, asOf.value])
  const answer = useAnswer('listFindings', findingsAsked(from))
  const facets = answer.value?.facets
  const total = facets?.environment.find(({ name }) => name === environment.value)?.count ?? 0
  return (
    <>
      <div class="head">
        <Title>Findings</Title>
        <p class="counts" role="status">
          {marks.filter(isShown).map((mark) => {
            const count = facets?.countsAs.find(({ name }) => name === mark)?.count ?? 0
            return count === 0 ? null : (
              <Outcome key={mark} of={mark}>
                <b class="num">{count.toLocaleString('en')}</b> {wordOf[mark]}
              </Outcome>
            )
          })}
          {answer.value !== undefined && total === 0 ? 'nothing found' : null}
          {moment.value === undefined ? null : <span class="past">as it was at {fullTime(moment.value)}</span>}
        </p>
      </div>
      <Search />
      <div class="with-side">
        {facets === undefined ? <div /> : <Facets facets={facets} />}
        <div class="panel flush">
          <WhenAnswered answer={answer}>
            {({ items, next }) =>
              items.length === 0 ? (
                <Empty facets={facets} />
              ) : (
                <Rows items={items} next={next} total={total} from={from} facets={facets} />
              )
            }
          </WhenAnswered>
        </div>
      </div>
    </>
  )
}

/** The first rows, and more of them when they are wanted. */
function Rows({
  items,
  next,
  total,
  from,
  facets,
}: {
  items: readonly TrackedFinding[]
  next: string | undefined
  total: number
  from: number
  facets: FindingFacets
}) {
  const [more, setMore] = useState<readonly TrackedFinding[]>([])
  const [cursor, setCursor] = useState<string | undefined>(undefined)
  const page = useAnswer('listFindings', cursor === undefined ? undefined : findingsAsked(from, cursor))
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
        <span>
          {counted(shown.length, 'row')} of {total.toLocaleString('en')}
        </span>
        {following === undefined ? null : (
          <button type="button" onClick={() => setCursor(following)} disabled={page.waiting}>
            Show more
          </button>
        )}
        <OnlyTold facets={facets} />
      </p>
    </>
  )
}

/** What is milder than an error, or only for information, is counted and not shown until it is asked for. */
function OnlyTold({ facets }: { facets: FindingFacets }) {
  const count = facets?.countsAs.find(({ name }) => name === 'none')?.count ?? 0
  if (count === 0 || isShown('none')) return null
  return (
    <span>
      {count.toLocaleString('en')} more {count === 1 ? 'is' : 'are'} for information:{' '}
      <a href={withParameters({ outcome: marks.join(',') })}>show {count === 1 ? 'it' : 'them'} too</a>
    </span>
  )
}

function isShown(mark: (typeof marks)[number]): boolean {
  return parameter('outcome')?.split(',').includes(mark) ?? mark !== 'none'
}

function Empty({ facets }: { facets: FindingFacets }) {
  const active = activeFilters()
  const verdict = verdicts.value?.environments.find(({ name }) => name === environment.value)
  if (active.length === 0)
    return (
      <div class="empty">
        <Shape of={verdict?.verdict ?? 'undecided'} big quiet />
        <h2>{verdict?.verdict === 'conforms' ? 'Nothing deviates' : 'Nothing is known yet'}</h2>
        <p>
          <a href={pageAddress('')}>The overview</a> says{' '}
          {verdict?.verdict === 'conforms' ? 'on what evidence' : 'what to do'}. <OnlyTold facets={facets} />
        </p>
      </div>
    )
  const { conflicts = 0, violates = 0, undecided = 0 } = verdict?.counts?.byOutcome ?? {}
  const all = conflicts + violates + undecided + (verdict?.counts?.exempted ?? 0)
  return (
    <div class="empty">
      <h2>Nothing matches these filters</h2>
      <p>
        {all === 0 ? '' : `Without them there ${all === 1 ? 'is' : 'are'} ${counted(all, 'finding')}. `}
        <a href={withParameters(Object.fromEntries(active.map(([name]) => [name, undefined])))}>
          Clear the filters
        </a>{' '}
        <OnlyTold facets={facets} />
      </p>
    </div>
  )
}
