import { withParameters } from '../../address/address.ts'
import { counted } from '../../parts/panel.tsx'
import { SearchField } from '../../parts/search-field.tsx'
import { type Show, showAsked, shows } from './asked.ts'

const words: Readonly<Record<Show, string>> = {
  all: 'everything',
  deviating: 'only deviating',
  undecided: 'only undecided',
}

/** The search in paths and values, and what of the tree is shown; rows that are hidden are counted. */
export function Search({ hidden }: { hidden: number }) {
  return (
    <form class="search" role="search" onSubmit={(event) => event.preventDefault()}>
      <SearchField label="Search paths and values" placeholder="Path or value, for example *.replicas   /" />
      <span class="seg small" role="group" aria-label="Show">
        {shows.map((show) => (
          <a
            key={show}
            href={withParameters({ show: show === 'all' ? undefined : show })}
            aria-current={showAsked() === show ? 'true' : undefined}
          >
            {words[show]}
          </a>
        ))}
      </span>
      <span class="note" role="status">
        {hidden === 0 ? 'hatched: nobody can say' : `${counted(hidden, 'label')} at the top hidden`}
      </span>
    </form>
  )
}
