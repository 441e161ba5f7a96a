import type { FindingHistory } from '../../api/operations.ts'
import { Frame } from '../../parts/frame.tsx'
import { valueText } from '../../parts/value.ts'
import { isUndecidedKind, whyUndecided } from '../../parts/why-undecided.ts'

/** Wanted and observed side by side: a frame for each contributor that matters. */
export function Sides({ finding }: { finding: FindingHistory }) {
  return (
    <div class="pair">
      <section aria-labelledby="h-wanted">
        <h2 id="h-wanted">Wanted</h2>
        <Wanted finding={finding} />
      </section>
      <section aria-labelledby="h-observed">
        <h2 id="h-observed">Observed</h2>
        <Observed finding={finding} />
      </section>
    </div>
  )
}

function Wanted({ finding: { outcome, conjuncts, wanted } }: { finding: FindingHistory }) {
  if (conjuncts.length === 0) return <div class="nobody">Nothing in the fragments asks for it.</div>
  return (
    <>
      {conjuncts.map(({ team, rule, file, line, column, digest, text }) => {
        const meta = rule === undefined ? team : `${team} · ${rule}`
        const key = `${file}:${line}:${column}`
        const note = conjuncts.length === 1 ? wanted : text
        return digest === undefined ? (
          <div key={key} class="nobody">
            <span class="mono">{key}</span> {meta} <code>{text}</code>
          </div>
        ) : (
          <Frame
            key={key}
            at={{ digest, file, line, column, ...(note === undefined ? {} : { note }) }}
            tone={outcome === 'conflicts' ? 'clash' : 'want'}
            meta={meta}
          />
        )
      })}
    </>
  )
}

function Observed({ finding: { kind, outcome, message, observations } }: { finding: FindingHistory }) {
  if (kind === 'conflict')
    return (
      <div class="nobody">
        <b>Nothing to look at.</b> These fragments contradict each other before anything is observed.
      </div>
    )
  const framed = observations.filter((one) => one.digest !== undefined && one.line !== undefined)
  if (framed.length === 0)
    return (
      <div class={outcome === 'undecided' ? 'nobody hatch' : 'nobody'}>
        <b>
          {outcome !== 'undecided'
            ? 'Nothing is there.'
            : `Nobody can say${isUndecidedKind(kind) ? `: ${whyUndecided[kind]}` : ''}.`}
        </b>
        <span>{message}</span>
      </div>
    )
  return (
    <>
      {framed.map((one) => (
        <Frame
          key={`${one.observer} ${one.sequence} ${one.pointer ?? ''}`}
          at={{
            digest: one.digest ?? '',
            file: one.file ?? one.observer,
            line: one.line ?? 1,
            column: one.column ?? 1,
            ...('value' in one ? { note: `is ${valueText(one.value)}` } : {}),
          }}
          tone={outcome === 'undecided' ? 'maybe' : 'seen'}
          meta={`${one.observer} #${one.sequence}`}
        />
      ))}
    </>
  )
}
