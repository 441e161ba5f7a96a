import { moment, pageAddress, workspace } from '../../address/lens.ts'
import { useAnswer } from '../../api/answer.ts'
import type { CoverageAt } from '../../api/operations.ts'
import { WhenAnswered } from '../../parts/answered.tsx'
import { Panel } from '../../parts/panel.tsx'
import { PathText } from '../../parts/path-text.tsx'
import { Outcome } from '../../parts/shape.tsx'

type Row = CoverageAt['paths'][number]
type Sight = Row['sights'][number]['sight']

const marks: Readonly<Record<Sight | 'no', string>> = { all: '■', part: '◪', stale: '▨', refused: '⊘', no: '·' }
const words: Readonly<Record<Sight | 'no', string>> = {
  all: 'completely',
  part: 'in part',
  stale: 'stale',
  refused: 'refused',
  no: 'does not look',
}
const order = ['all', 'part', 'stale', 'refused', 'no'] as const

/** Who looks where: what nobody sees is hatched, as nothing is known about it. */
export function Coverage({ environment }: { environment: string }) {
  const answer = useAnswer('getCoverage', {
    params: { workspace: workspace.value },
    query: { environment, at: moment.value },
  })
  return (
    <Panel
      id="h-coverage"
      title="Who looks where"
      flush
      aside={<span class="note">where nobody looks, absence is no evidence</span>}
    >
      <WhenAnswered answer={answer}>{(coverage) => <Table coverage={coverage} />}</WhenAnswered>
      <div class="legend" aria-hidden="true">
        {order.map((sight) => (
          <span key={sight}>
            <b class={`cell ${sight}`}>{marks[sight]}</b> {words[sight]}
          </span>
        ))}
      </div>
    </Panel>
  )
}

/** Of more observers than these a row names those who look there, in place of a column for each. */
const mostColumns = 12

function Table({ coverage: { observers, paths } }: { coverage: CoverageAt }) {
  if (paths.length === 0) return <p class="pad dim">Nothing is demanded here, and nobody looks.</p>
  const columns = observers.length > mostColumns ? [] : observers
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="Who looks where, table">
      <table class="cov">
        <thead>
          <tr>
            <th scope="col">Path</th>
            <th scope="col" class="r">
              Desired fields
            </th>
            {columns.map((observer) => (
              <th key={observer} scope="col" class="c">
                {observer}
              </th>
            ))}
            {columns.length === observers.length ? null : <th scope="col">Who looks</th>}
            <th scope="col">Together</th>
          </tr>
        </thead>
        <tbody>
          {paths.map((row) => {
            const together = togetherOf(row)
            return (
              <tr key={row.path} class={together === undefined ? '' : 'undecided'}>
                <th scope="row">
                  <a href={pageAddress('findings', { path: row.path })}>
                    {row.path === '' ? 'everything' : <PathText at={row.path} />}
                  </a>
                </th>
                <td class="r num">{row.desired ?? <span class="zero">?</span>}</td>
                {columns.length === observers.length ? null : (
                  <td>
                    <Lookers row={row} />
                  </td>
                )}
                {columns.map((observer) => {
                  const found = row.sights.find((one) => one.observer === observer)
                  const sight = found?.sight ?? 'no'
                  return (
                    <td key={observer} class={`c cell ${sight}`} title={found?.reason}>
                      <span aria-hidden="true">{marks[sight]}</span>
                      <span class="sr">
                        {words[sight]}
                        {found?.reason === undefined ? '' : `: ${found.reason}`}
                      </span>
                    </td>
                  )
                })}
                <td>
                  {together === undefined ? (
                    <span class="dim">covered</span>
                  ) : (
                    <Outcome of="undecided">{together}</Outcome>
                  )}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

const mostLookers = 4

/** Those who look at a path, as far as a row has room; each with how it looks. */
function Lookers({ row: { sights } }: { row: Row }) {
  if (sights.length === 0) return <span class="zero">nobody</span>
  const sorted = sights.toSorted((a, b) => order.indexOf(a.sight) - order.indexOf(b.sight))
  return (
    <span class="lookers">
      {sorted.slice(0, mostLookers).map(({ observer, sight, reason }) => (
        <span key={observer} title={reason}>
          <b class={`cell ${sight}`} aria-hidden="true">
            {marks[sight]}
          </b>{' '}
          <span class="sr">{words[sight]}: </span>
          {observer}
        </span>
      ))}
      {sorted.length > mostLookers ? (
        <small
          title={sorted
            .slice(mostLookers)
            .map(({ observer }) => observer)
            .join(', ')}
        >
          and {sorted.length - mostLookers} more
        </small>
      ) : null}
    </span>
  )
}

/** Why what all of them see there is not everything; undefined where it is. */
function togetherOf({ sights }: Row): string | undefined {
  const all = new Set(sights.map(({ sight }) => sight))
  if (all.has('all')) return undefined
  if (all.has('part')) return 'in part'
  if (all.has('stale')) return 'only stale'
  return all.has('refused') ? 'refused' : 'nobody'
}
