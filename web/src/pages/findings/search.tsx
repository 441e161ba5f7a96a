import { useEffect, useRef, useState } from 'preact/hooks'
import { go, parameter, withParameters } from '../../address/address.ts'
import { activeFilters, sortAsked, sorts } from './filters.ts'

const restMs = 250
const sortWords = { severity: 'worst first', since: 'newest first', path: 'by path' } as const

/** The search, the order of rows, and every filter that is set, each with a way to take it away. */
export function Search() {
  const active = activeFilters()
  return (
    <form class="search" role="search" onSubmit={(event) => event.preventDefault()}>
      <SearchField />
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

/** Typing changes the address once it rests, in place: the way back is not one letter at a time. */
function SearchField() {
  const asked = parameter('q') ?? ''
  const [text, setText] = useState(asked)
  const sent = useRef(asked)
  useEffect(() => {
    // The address changed by other ways: a link, or the way back.
    if (asked !== sent.current) setText(asked)
    sent.current = asked
  }, [asked])
  useEffect(() => {
    if (text === sent.current) return undefined
    const timer = setTimeout(() => {
      sent.current = text
      go(withParameters({ q: text }), { replace: true })
    }, restMs)
    return () => clearTimeout(timer)
  }, [text])
  return (
    <input
      type="search"
      aria-label="Search findings"
      placeholder="Path, rule or message   /"
      maxLength={200}
      value={text}
      onInput={({ currentTarget }) => setText(currentTarget.value)}
    />
  )
}
