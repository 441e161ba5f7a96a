import { useState } from 'preact/hooks'
import type { Explanation } from '../../api/operations.ts'
import { CueText } from '../../parts/cue-text.tsx'
import { Frame } from '../../parts/frame.tsx'

type Conjunct = Explanation['conjuncts'][number]

/** Who says what of a value, satisfied or not, each with its line on demand. */
export function Contributors({ conjuncts }: { conjuncts: readonly Conjunct[] }) {
  return (
    <section aria-labelledby="h-from">
      <h3 id="h-from">Where it comes from</h3>
      {conjuncts.length === 0 ? (
        <p class="nobody">Nothing in the fragments speaks of it.</p>
      ) : (
        <ol class="prov">
          {conjuncts.map((conjunct, index) => (
            <Contributor key={keyOf(conjunct)} conjunct={conjunct} isFirst={index === 0} />
          ))}
        </ol>
      )}
    </section>
  )
}

function Contributor({ conjunct, isFirst }: { conjunct: Conjunct; isFirst: boolean }) {
  const { team, text, rule, role, via, file, line, column, digest } = conjunct
  const [open, setOpen] = useState(isFirst)
  const place = `${file}:${line}`
  return (
    <li>
      <b class="team">{team}</b>
      <span>
        {text === undefined ? null : (
          <code class="long">
            <CueText text={text} />
          </code>
        )}
        {rule === undefined || rule.includes(':') ? null : <span class="tag">{rule}</span>}
        <small>
          {role} {via}
        </small>
      </span>
      {digest === undefined ? (
        <small class="mono where">{place}</small>
      ) : (
        <details class="where" open={open} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
          <summary class="mono">{place}</summary>
          {open ? <Frame at={{ digest, file, line, column }} tone="want" meta={team} /> : null}
        </details>
      )}
    </li>
  )
}

function keyOf({ file, line, column, text, role }: Conjunct): string {
  return `${file}:${line}:${column} ${role} ${text ?? ''}`
}
