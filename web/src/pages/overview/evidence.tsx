import { moment, pageAddress, workspace } from '../../address/lens.ts'
import { useAnswer } from '../../api/answer.ts'
import type { CoverageAt, ObserverNow } from '../../api/operations.ts'
import { counted } from '../../parts/panel.tsx'
import { Age } from '../../parts/time.tsx'

/** On what the verdict rests: of one that conforms how much was seen, and how to begin where nobody reports at all. */
export function Evidence({ environment, conforms }: { environment: string; conforms: boolean }) {
  const question = { params: { workspace: workspace.value }, query: { environment, at: moment.value } }
  const observers = useAnswer('listObservers', question)
  const coverage = useAnswer('getCoverage', conforms ? question : undefined)
  if (observers.value?.items.length === 0 && moment.value === undefined) return <Begin environment={environment} />
  if (!conforms || observers.value === undefined) return null
  return (
    <p class="lead evidence">
      <Snapshots observers={observers.value.items} />
      {coverage.value === undefined ? null : <Covered coverage={coverage.value} />}
    </p>
  )
}

function Snapshots({ observers }: { observers: readonly ObserverNow[] }) {
  const [oldest] = observers.map(({ observedAt }) => observedAt).toSorted((a, b) => Date.parse(a) - Date.parse(b))
  if (oldest === undefined) return null
  return (
    <>
      On the word of <a href={pageAddress('observers')}>{counted(observers.length, 'observer')}</a>; age of the oldest
      snapshot: <Age since={oldest} />.{' '}
    </>
  )
}

function Covered({ coverage: { paths } }: { coverage: CoverageAt }) {
  const demanded = paths.filter(({ path, desired = 0 }) => path !== '' && desired > 0)
  const seen = demanded.filter(({ sights }) => sights.some(({ sight }) => sight === 'all'))
  if (demanded.length === 0) return null
  return (
    <>
      {seen.length === demanded.length ? 'All' : seen.length} of{' '}
      <a href={pageAddress('observers')}>{counted(demanded.length, 'demanded path')}</a>{' '}
      {seen.length === 1 ? 'was' : 'were'} looked at completely.
    </>
  )
}

/** What fills an empty workspace; nobody looks yet, so nothing conforms. */
function Begin({ environment }: { environment: string }) {
  return (
    <div class="nobody hatch">
      <b>Nobody looks at {environment} yet</b>
      <span>So what its teams want is known at most, and not whether it is so. Three commands fill this page:</span>
      <pre class="commands" tabIndex={0} role="region" aria-label="Commands">
        {[
          `congruent push --workspace-file --server ${location.origin}`,
          `congruent observe --environment ${environment} --server ${location.origin} snapshot.yaml`,
          `congruent check --server ${location.origin}`,
        ].join('\n')}
      </pre>
    </div>
  )
}
