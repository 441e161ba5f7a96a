import { useEffect, useRef } from 'preact/hooks'
import { parameter, withParameters } from '../../address/address.ts'
import type { TreeNode } from '../../api/operations.ts'
import { CueText } from '../../parts/cue-text.tsx'
import { Shape } from '../../parts/shape.tsx'
import { indentOf } from './indent.ts'
import { labelText } from './label-text.ts'
import { setOpen } from './open-nodes.ts'
import { Seen } from './seen.tsx'

/** How many teams have their names in a row. */
const mostTeams = 2

/** A label: how it stands, what is wanted, what was seen and by whom, and from whom that comes. */
export function NodeRow({
  node,
  depth,
  open,
  isFirst,
}: {
  node: TreeNode
  depth: number
  open: boolean
  isFirst: boolean
}) {
  const { at, members, state, teams } = node
  const isNode = members !== undefined
  const isChosen = parameter('path') === at
  const row = useRef<HTMLTableRowElement>(null)
  useEffect(() => {
    // Whoever comes by an address sees what it is about; who chooses a row has it before the eyes.
    if (isChosen) row.current?.scrollIntoView({ block: 'nearest' })
  }, [])
  return (
    <tr
      ref={row}
      role="row"
      aria-level={depth + 1}
      aria-selected={isChosen}
      {...(isNode ? { 'aria-expanded': open } : {})}
      class={`${state} ${isNode ? 'node' : 'leaf'}`}
      data-at={at}
    >
      <th scope="row" role="rowheader" class={indentOf(depth)}>
        <span
          class={isNode ? 'tw on' : 'tw'}
          aria-hidden="true"
          {...(isNode ? { onClick: () => setOpen(at, !open) } : {})}
        >
          {isNode ? (open ? '▾' : '▸') : ''}
        </span>
        <Shape of={markOfNode(node)} why={whyOf(node)} />
        <a
          class="row"
          href={withParameters({ path: at })}
          tabIndex={isFirst || isChosen ? 0 : -1}
          {...(isChosen ? { 'aria-current': 'true' } : {})}
        >
          <bdi>{labelText(node)}</bdi>
        </a>
        {isNode ? <RollUp node={node} /> : null}
      </th>
      <td role="gridcell" class="want">
        <Wanted node={node} />
      </td>
      <td role="gridcell" class="seen">
        <Seen node={node} />
      </td>
      <td role="gridcell" class="by" title={teams.length > mostTeams ? teams.join(', ') : undefined}>
        <From teams={teams} />
      </td>
    </tr>
  )
}

/** Whose text speaks there or below. */
function From({ teams }: { teams: readonly string[] }) {
  const further = teams.slice(mostTeams)
  return (
    <>
      {teams.slice(0, mostTeams).join(', ')}
      {further.length === 0 ? null : (
        <span class="dim">
          {' '}
          <span aria-hidden="true">+{further.length}</span>
          <span class="sr">, {further.join(', ')}</span>
        </span>
      )}
    </>
  )
}

/** Why nobody can say: that nobody looked, or the kind of what was found here. */
function whyOf({ unseen, found }: TreeNode): string | undefined {
  return unseen ?? found.find(({ outcome }) => outcome === 'undecided')?.kind
}

function markOfNode({ state, found, members }: TreeNode): 'exempted' | TreeNode['state'] {
  const isExempted = members === undefined && found.length > 0 && found.every(({ exempted }) => exempted !== undefined)
  return isExempted ? 'exempted' : state
}

/** How many findings there are at a node and below, of each sort. */
function RollUp({ node: { findings, exempted } }: { node: TreeNode }) {
  const counts = [
    ['c', findings.conflicts, 'conflicts'],
    ['v', findings.violates, 'violations'],
    ['u', findings.undecided, 'undecided'],
    ['x', findings.none, 'for information'],
    ['x', exempted, 'exempt'],
  ] as const
  return (
    <span class="roll">
      {counts.map(([name, count, words]) =>
        count === 0 ? null : (
          <span key={words} class={name} title={`${count} ${words}`}>
            {name === 'x' ? `${count} ${words}` : <span class="num">{count}</span>}
            {name === 'x' ? null : <span class="sr"> {words}</span>}
          </span>
        ),
      )}
    </span>
  )
}

function Wanted({ node: { kind, text, mark, members, patterns } }: { node: TreeNode }) {
  const required = mark === '!' ? <small>required</small> : mark === '?' ? <small>optional</small> : null
  if (text !== undefined)
    return (
      <>
        <code class="one">
          <CueText text={text} />
        </code>
        {required}
      </>
    )
  if (patterns !== undefined)
    return (
      <code class="one">
        <CueText text={patterns.join('\n')} />
      </code>
    )
  if (kind === 'observed' || kind === 'found') return <span class="zero">not named</span>
  return (
    <span class="zero">
      {'{…}'} {members === undefined ? null : <span class="num">{members}</span>}
      {required}
    </span>
  )
}
