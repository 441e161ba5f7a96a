import { go, parameter, withParameters } from '../../address/address.ts'
import type { Findings } from '../../api/operations.ts'
import { Shape, wordOf } from '../../parts/shape.tsx'
import { isUndecidedKind, whyUndecided } from '../../parts/why-undecided.ts'
import { activeFilters, marks, several } from './filters.ts'

type Counts = NonNullable<Findings['facets']>

const labels = {
  outcome: 'Outcome',
  owner: 'Owner, else whose rule',
  rule: 'Rule',
  kind: 'Kind',
  severity: 'Severity',
} as const
type FacetName = keyof typeof labels
const most = 12

/** How many findings there are of each sort, each sort without its own filter; choosing filters by it. */
export function Facets({ facets }: { facets: Counts }) {
  const set = activeFilters().length
  const outcomes = marks.map((name) => ({ name, count: facets.countsAs.find((one) => one.name === name)?.count ?? 0 }))
  return (
    <details class="facets" open={innerWidth > 800}>
      <summary>Filters{set === 0 ? '' : ` (${set})`}</summary>
      <Facet name="outcome" counts={outcomes} />
      <Facet name="owner" counts={facets.owner} />
      <Facet name="rule" counts={facets.rule} />
      <Facet name="kind" counts={facets.kind} />
      <Facet name="severity" counts={facets.severity} />
    </details>
  )
}

function Facet({ name, counts }: { name: FacetName; counts: Counts[keyof Counts] }) {
  const chosen = (several.has(name) ? parameter(name)?.split(',') : [parameter(name)].flatMap((one) => one ?? [])) ?? []
  if (counts.length === 0) return null
  const toggled = (value: string): string => {
    const others = several.has(name) ? chosen.filter((one) => one !== value) : []
    return (chosen.includes(value) ? others : [...others, value]).join(',')
  }
  return (
    <fieldset class="facet">
      <legend>{labels[name]}</legend>
      {counts.slice(0, most).map(({ name: value, count }) => (
        <label key={value} class={count === 0 ? 'zero' : ''}>
          <input
            type="checkbox"
            checked={chosen.includes(value)}
            onChange={() => go(withParameters({ [name]: toggled(value) }), { replace: true })}
          />
          <Option name={name} value={value} />
          <span class="num">{count.toLocaleString('en')}</span>
        </label>
      ))}
      {counts.length > most ? <small>and {counts.length - most} more: search for them</small> : null}
    </fieldset>
  )
}

function Option({ name, value }: { name: FacetName; value: string }) {
  const mark = name === 'outcome' ? marks.find((one) => one === value) : undefined
  if (mark !== undefined)
    return (
      <>
        <Shape of={mark} quiet />
        <span>{wordOf[mark]}</span>
      </>
    )
  if (name !== 'kind' || !isUndecidedKind(value)) return <span title={value}>{value}</span>
  return (
    <>
      <Shape of="undecided" why={value} quiet />
      <span>
        {value} <small>{whyUndecided[value]}</small>
      </span>
    </>
  )
}
