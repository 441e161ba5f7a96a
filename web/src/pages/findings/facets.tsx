import { go, parameter, withParameters } from '../../address/address.ts'
import type { Findings } from '../../api/operations.ts'
import { Shape, wordOf } from '../../parts/shape.tsx'

type Counts = NonNullable<Findings['facets']>
type FacetName = 'outcome' | 'owner' | 'rule' | 'kind' | 'severity'

const labels: Readonly<Record<FacetName, string>> = {
  outcome: 'Outcome',
  owner: 'Owner',
  rule: 'Rule',
  kind: 'Kind',
  severity: 'Severity',
}
const names = ['outcome', 'owner', 'rule', 'kind', 'severity'] as const satisfies readonly FacetName[]
const most = 12

/** How many findings there are of each sort, each sort without its own filter; choosing one filters by it. */
export function Facets({ facets }: { facets: Counts }) {
  return (
    <details class="facets" open={innerWidth > 800}>
      <summary>Filters</summary>
      {names.map((name) => (
        <Facet key={name} name={name} counts={facets[name]} />
      ))}
    </details>
  )
}

function Facet({ name, counts }: { name: FacetName; counts: Counts[FacetName] }) {
  const chosen = parameter(name)
  if (counts.length === 0) return null
  return (
    <fieldset class="facet">
      <legend>{labels[name]}</legend>
      {counts.slice(0, most).map(({ name: value, count }) => (
        <label key={value}>
          <input
            type="checkbox"
            checked={chosen === value}
            onChange={() => go(withParameters({ [name]: chosen === value ? undefined : value }), { replace: true })}
          />
          {name === 'outcome' && isOutcome(value) ? <Shape of={value} quiet /> : null}
          <span>{name === 'outcome' && isOutcome(value) ? wordOf[value] : value}</span>
          <span class="num">{count}</span>
        </label>
      ))}
      {counts.length > most ? <small>and {counts.length - most} more: search for them</small> : null}
    </fieldset>
  )
}

function isOutcome(name: string): name is 'conflicts' | 'violates' | 'undecided' | 'none' {
  return name === 'conflicts' || name === 'violates' || name === 'undecided' || name === 'none'
}
