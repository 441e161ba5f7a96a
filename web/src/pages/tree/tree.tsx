import { useEffect } from 'preact/hooks'
import { addressOf, parameter, withParameters } from '../../address/address.ts'
import { moment, pageAddress, workspace } from '../../address/lens.ts'
import { useAnswer } from '../../api/answer.ts'
import type { Tree as Level } from '../../api/operations.ts'
import { environment } from '../../frame/workspace.ts'
import { WhenAnswered } from '../../parts/answered.tsx'
import { counted, Title } from '../../parts/panel.tsx'
import { nounOf, Outcome } from '../../parts/shape.tsx'
import { clockTime, fullTime } from '../../parts/time.tsx'
import { levelAsked, showAsked } from './asked.ts'
import { Chosen } from './chosen.tsx'
import { readOpenNodes } from './open-nodes.ts'
import { Search } from './search.tsx'
import { TreeTable } from './tree-table.tsx'
import './tree.css'

const outcomes = ['conflicts', 'violates', 'undecided'] as const

/** What is wanted and what was seen, by path; the address holds what is chosen, filtered and open. */
export function Tree() {
  useEffect(readOpenNodes)
  const answer = useAnswer('getTree', levelAsked(''))
  const chosen = parameter('path')
  return (
    <>
      <div class="head">
        <Title>Desired and observed</Title>
        {answer.value === undefined ? null : <Counts level={answer.value} />}
        <span class="grow" />
        <Downloads />
      </div>
      <Search hidden={answer.value?.hidden ?? 0} />
      <div class={chosen === undefined ? '' : 'with-right'}>
        <WhenAnswered answer={answer}>
          {(level) => (level.items.length === 0 ? <Empty level={level} /> : <TreeTable level={level} />)}
        </WhenAnswered>
        {chosen === undefined ? null : <Chosen at={chosen} snapshots={answer.value?.snapshots ?? []} />}
      </div>
    </>
  )
}

function Counts({ level: { fields, findings, snapshots, checkedAt, atLeast } }: { level: Level }) {
  return (
    <p class="counts" role="status">
      <a href={withParameters({ show: undefined, q: undefined })}>
        <b class="num">{fields.toLocaleString('en')}</b> {fields === 1 ? 'field' : 'fields'} wanted
      </a>
      {outcomes.map((outcome) =>
        findings[outcome] === 0 ? null : (
          <a key={outcome} href={pageAddress('findings', { outcome })}>
            <Outcome of={outcome}>
              <b class="num">
                {findings[outcome].toLocaleString('en')}
                {atLeast ? '+' : ''}
              </b>{' '}
              {nounOf(outcome, findings[outcome])}
            </Outcome>
          </a>
        ),
      )}
      <span class="dim">
        {counted(snapshots.length, 'snapshot')}
        {checkedAt === undefined ? ', not checked yet' : `, as checked ${clockTime(checkedAt)} UTC`}
      </span>
      {atLeast ? <span class="dim">more was found than the rows count</span> : null}
      {moment.value === undefined ? null : <span class="past">as it was at {fullTime(moment.value)}</span>}
    </p>
  )
}

/** The desired state itself, whole. */
function Downloads() {
  const address = (format: string): string =>
    addressOf(`v1/workspaces/${encodeURIComponent(workspace.value)}/desired`, {
      environment: environment.value,
      at: moment.value,
      format,
    })
  return (
    <span class="acts">
      <a class="button" href={address('cue')} download={`${environment.value}.cue`}>
        CUE
      </a>
      <a class="button" href={address('yaml')} download={`${environment.value}.yaml`}>
        YAML
      </a>
      <a class="button" href={address('json')} download={`${environment.value}.json`}>
        JSON
      </a>
    </span>
  )
}

function Empty({ level: { hidden } }: { level: Level }) {
  if (hidden > 0)
    return (
      <div class="panel empty">
        <h2>{showAsked() === 'undecided' ? 'Nothing undecided is here' : 'Nothing here matches'}</h2>
        <p>
          <a href={withParameters({ show: undefined, q: undefined })}>
            Show everything: {counted(hidden, 'label is', 'labels are')} hidden
          </a>
        </p>
      </div>
    )
  return (
    <div class="panel empty">
      <h2>Nothing is wanted here, and nothing was seen</h2>
      <p>
        <code>congruent push</code> brings what is wanted, <code>congruent observe</code> what was seen.
      </p>
    </div>
  )
}
