import type { TrackedFinding } from '../../api/operations.ts'
import { contactOf } from '../../frame/workspace.ts'
import { markOf, wordOf } from '../../parts/shape.tsx'
import type { Grouping } from './filters.ts'

/** Findings by what they have in common, in the order in which the first of each comes. */
export function grouped(
  findings: readonly TrackedFinding[],
  by: Grouping,
): ReadonlyMap<string, readonly [TrackedFinding, ...TrackedFinding[]]> {
  const groups = new Map<string, [TrackedFinding, ...TrackedFinding[]]>()
  for (const finding of findings) {
    const group = groups.get(keyOf[by](finding))
    if (group === undefined) groups.set(keyOf[by](finding), [finding])
    else group.push(finding)
  }
  return groups
}

const keyOf: Record<Grouping, (finding: TrackedFinding) => string> = {
  owner: ownerOf,
  rule: ({ rule }) => rule.id,
  outcome: markOf,
}

/** Whoever acts: who owns the path, else whose rule it is. */
function ownerOf({ owner, teams }: TrackedFinding): string {
  return owner ?? teams[0] ?? ''
}

/** What the findings of a group have in common, in words. */
export function GroupName({ by, of: [first] }: { by: Grouping; of: readonly [TrackedFinding, ...TrackedFinding[]] }) {
  if (by === 'outcome') return <span class="g">{wordOf[markOf(first)]}</span>
  const [name, more] = by === 'rule' ? [first.rule.id, first.rule.title] : [ownerOf(first), contactOf(ownerOf(first))]
  return (
    <>
      <span class="g">{name === '' ? 'owned by nobody' : name}</span>
      <span class="gs">{more}</span>
    </>
  )
}
