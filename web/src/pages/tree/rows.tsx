import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { useAnswer } from '../../api/answer.ts'
import type { TreeNode } from '../../api/operations.ts'
import { Failure } from '../../parts/answered.tsx'
import { counted } from '../../parts/panel.tsx'
import { parameter } from '../../address/address.ts'
import { levelAsked } from './asked.ts'
import { isBelow, justBefore, labelTowards } from './chosen-label.ts'
import { indentOf } from './indent.ts'
import { isOpen } from './open-nodes.ts'
import { NodeRow } from './node-row.tsx'

/** Labels of one level, as the API answers them. */
type Level = NonNullable<TreeNode['children']>

/** The rows of a level, each with those below it while it is open; then what of the level is not shown. */
export function Rows({
  at,
  level,
  depth,
  isSought = true,
}: {
  at: string
  level: Level
  depth: number
  /** Whether the path that is chosen may be at or below one of its labels: not where earlier rows have it. */
  isSought?: boolean
}) {
  const { items, more, next, hidden } = level
  const chosen = parameter('path') ?? ''
  const isStillSought = isSought && !items.some((node) => node.at === chosen || isBelow(chosen, node.at))
  return (
    <>
      {items.map((node, index) => (
        <NodeRows key={node.label} node={node} depth={depth} isFirst={depth === 0 && index === 0} />
      ))}
      {next === undefined ? null : (
        <More key={next} at={at} after={next} count={more} depth={depth} isSought={isStillSought} />
      )}
      {hidden === 0 || depth === 0 ? null : (
        <Note depth={depth}>{counted(hidden, 'label is', 'labels are')} hidden by what is asked for</Note>
      )}
    </>
  )
}

function NodeRows({ node, depth, isFirst }: { node: TreeNode; depth: number; isFirst: boolean }) {
  const open = node.members !== undefined && isOpen(node.at, node.children !== undefined)
  return (
    <>
      <NodeRow node={node} depth={depth} open={open} isFirst={isFirst} />
      {open ? <Below at={node.at} given={node.children} depth={depth + 1} /> : null}
    </>
  )
}

/** What is below an open node: as it came with the node, or asked for by itself. */
function Below({ at, given, depth }: { at: string; given: Level | undefined; depth: number }) {
  const answer = useAnswer('getTree', given === undefined ? levelAsked(at) : undefined)
  const level = given ?? answer.value
  if (answer.problem !== undefined && given === undefined)
    return (
      <Note depth={depth}>
        <Failure problem={answer.problem} again={answer.again} kept={level !== undefined} />
      </Note>
    )
  return level === undefined ? <Waiting depth={depth} /> : <Rows at={at} level={level} depth={depth} />
}

/** What follows the labels that are shown, once that is wanted. */
function More({
  at,
  after,
  count,
  depth,
  isSought,
}: {
  at: string
  after: string
  count: number
  depth: number
  isSought: boolean
}) {
  const [isWanted, setWanted] = useState(false)
  const answer = useAnswer('getTree', isWanted ? levelAsked(at, after) : undefined)
  if (answer.value !== undefined)
    return <Rows at={at} level={{ ...answer.value, hidden: 0 }} depth={depth} isSought={isSought} />
  return (
    <>
      <Note depth={depth}>
        {answer.problem === undefined ? (
          <button type="button" onClick={() => setWanted(true)} disabled={isWanted}>
            Show more: {counted(count, 'label follows', 'labels follow')}
          </button>
        ) : (
          <Failure problem={answer.problem} again={answer.again} kept={false} />
        )}
      </Note>
      {isSought ? <Sought at={at} depth={depth} /> : null}
    </>
  )
}

/** The one label of those which are not shown that leads to the path that is chosen: whoever comes by an address sees what it is about. */
function Sought({ at, depth }: { at: string; depth: number }) {
  const chosen = parameter('path') ?? ''
  const label = labelTowards(chosen, at)
  const before = label === undefined ? undefined : justBefore(label)
  const answer = useAnswer('getTree', before === undefined ? undefined : levelAsked(at, before, 1))
  const node = answer.value?.items.find((one) => one.at === chosen || isBelow(chosen, one.at))
  return node === undefined ? null : <NodeRows node={node} depth={depth} isFirst={false} />
}

function Waiting({ depth }: { depth: number }) {
  return (
    <Note depth={depth}>
      <span class="waiting" role="status">
        Loading
      </span>
    </Note>
  )
}

function Note({ depth, children }: { depth: number; children: ComponentChildren }) {
  return (
    <tr role="row" class="note-row">
      <td role="gridcell" colSpan={4} class={indentOf(depth)}>
        {children}
      </td>
    </tr>
  )
}
