import type { ReportFinding } from '../../api/operations.ts'
import { counted, Panel } from '../../parts/panel.tsx'
import { PathText } from '../../parts/path-text.tsx'
import { Outcome } from '../../parts/shape.tsx'
import { listed } from './meanings.ts'
import type { Comparison } from './news.ts'
import { QuotedPlace } from './quoted-place.tsx'
import { Some } from './some.tsx'

const first = 3

/** Contradictions that the change brings: on what is desired, and those that only wait for data to meet. */
export function NewConflicts({ comparison, name }: { comparison: Comparison; name: string }) {
  const here = (finding: ReportFinding): number => Number(finding.environment === name)
  const environments = comparison.environments
  const conflicts = folded(environments.flatMap((one) => one.conflicts.new).toSorted((a, b) => here(b) - here(a)))
  const latent = folded(environments.flatMap(({ latent }) => latent?.new ?? []).toSorted((a, b) => here(b) - here(a)))
  return (
    <>
      {conflicts.length === 0 ? null : (
        <Panel
          id="h-conflicts"
          title={conflicts.length === 1 ? 'New conflict' : counted(conflicts.length, 'new conflict')}
        >
          <Some of={conflicts} first={first} step={20} more={(button) => <p>{button}</p>}>
            {(one) => <Conflict key={one.finding.fingerprint} conflict={one} />}
          </Some>
        </Panel>
      )}
      {latent.length === 0 ? null : (
        <Panel id="h-latent" title="Will conflict as soon as data meets it">
          <Some of={latent} first={first} step={20} more={(button) => <p>{button}</p>}>
            {(one) => <Conflict key={one.finding.fingerprint} conflict={one} waiting />}
          </Some>
        </Panel>
      )}
    </>
  )
}

/** A conflict, and every environment in which it is the same. */
interface Folded {
  readonly finding: ReportFinding
  readonly environments: readonly string[]
}

function folded(findings: readonly ReportFinding[]): readonly Folded[] {
  const same = new Map<string, Folded>()
  for (const finding of findings) {
    const key = JSON.stringify([finding.at, finding.message, finding.conjuncts])
    const known = same.get(key)
    same.set(key, {
      finding: known?.finding ?? finding,
      environments: [...(known?.environments ?? []), finding.environment],
    })
  }
  return [...same.values()]
}

function Conflict({ conflict, waiting = false }: { conflict: Folded; waiting?: boolean }) {
  const { at, message, conjuncts } = conflict.finding
  const environments = listed(conflict.environments)
  return (
    <div class={waiting ? 'conflict latent' : 'conflict'}>
      <p>
        <Outcome of="conflicts">{environments}</Outcome> {at === '' ? 'the whole state' : <PathText at={at} />}
      </p>
      <p class="cue">
        <code>{message}</code>
      </p>
      <ul class="prov">
        {conjuncts.map((place) => (
          <li key={`${place.file}:${place.line}:${place.column}`}>
            <b>{place.team}</b>
            <code>{place.text}</code>
            <div class="at">
              <QuotedPlace at={place} tone="clash" />
            </div>
          </li>
        ))}
      </ul>
      <p class="dim">
        {waiting
          ? `Nothing of it is there in ${environments} yet; whatever comes can never conform. `
          : `No snapshot of ${environments} can ever conform. `}
        {conjuncts.length === 2 ? 'These two fragments are enough; call them together.' : null}
      </p>
    </div>
  )
}
