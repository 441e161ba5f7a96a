import { withParameters } from '../../address/address.ts'
import { SearchField } from '../../parts/search-field.tsx'
import { activeFilters, groupingAsked, groupings, sortAsked, sorts } from './filters.ts'

const sortWords = { severity: 'worst first', since: 'newest first', path: 'in order of paths' } as const

/** The search, the order of rows, and every filter that is set, each with a way to take it away. */
export function Search() {
  const active = activeFilters()
  return (
    <form class="search" role="search" onSubmit={(event) => event.preventDefault()}>
      <SearchField label="Search findings" placeholder="Path, rule or message   /" />
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
              {name}: {value} <span aria-hidden="true">×</span>
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
