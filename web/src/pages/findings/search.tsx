import { parameter, withParameters } from '../../address/address.ts'
import { SearchField } from '../../parts/search-field.tsx'
import { wordOf } from '../../parts/shape.tsx'
import {
  activeFilters,
  type FilterName,
  groupingAsked,
  groupings,
  several,
  sortAsked,
  sorts,
  spans,
} from './filters.ts'

const sortWords = { severity: 'worst first', since: 'newest first', path: 'by path' } as const

/** The search, the order of rows, and every filter that is set, each with a way to take it away. */
export function Search() {
  const active = activeFilters()
  return (
    <form class="search" role="search" onSubmit={(event) => event.preventDefault()}>
      <SearchField label="Search findings" placeholder="Path, rule or message   /" />
      <span class="seg small" role="group" aria-label="Since">
        {[undefined, ...Object.keys(spans)].map((span) => (
          <a
            key={span}
            href={withParameters({ since: span })}
            aria-current={parameter('since') === span ? 'true' : undefined}
          >
            {span === undefined ? 'any time' : span.replace(/(\d+)/, '$1 ')}
          </a>
        ))}
      </span>
      <span class="seg small" role="group" aria-label="Order">
        {sorts.map((sort) => (
          <a
            key={sort}
            href={withParameters({ sort: sort === 'severity' ? undefined : sort })}
            aria-current={sortAsked() === sort ? 'true' : undefined}
          >
            {sortWords[sort]}
          </a>
        ))}
      </span>
      <span class="seg small" role="group" aria-label="Groups">
        {groupings.map((by) => (
          <a
            key={by}
            href={withParameters({ by: by === 'owner' ? undefined : by })}
            aria-current={groupingAsked() === by ? 'true' : undefined}
          >
            by {by}
          </a>
        ))}
      </span>
      {active.length === 0 ? null : (
        <span class="chips">
          {active.map(([name, value]) => (
            <a
              key={name}
              class="chip"
              href={withParameters({ [name]: undefined })}
              aria-label={`Remove filter ${name} ${value}`}
            >
              {name}: {valueText(name, value)} <span aria-hidden="true">×</span>
            </a>
          ))}
          <a class="clear" href={withParameters(Object.fromEntries(active.map(([name]) => [name, undefined])))}>
            Clear
          </a>
        </span>
      )}
    </form>
  )
}

function valueText(name: FilterName, value: string): string {
  if (!several.has(name)) return value
  const words = value.split(',').map((one) => (one === 'none' ? wordOf.none : one))
  return words.join(' or ')
}
