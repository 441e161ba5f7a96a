import type { TrackedFinding } from '../../api/operations.ts'
import { contactOf } from '../../frame/workspace.ts'
import { markOf, Shape, wordOf } from '../../parts/shape.tsx'
import { RuleId } from '../../parts/rule-id.tsx'
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

/** Whoever answers for it, as the server counts it: who owns the path, else the first of the teams that are involved. */
export function ownerOf({ owner, teams }: TrackedFinding): string {
  return owner ?? teams[0] ?? ''
}

/** What the findings of a group have in common, in words. */
export function GroupName({ by, of: [first] }: { by: Grouping; of: readonly [TrackedFinding, ...TrackedFinding[]] }) {
  if (by === 'outcome')
    return (
      <>
        <Shape of={markOf(first)} quiet /> <span class="g">{wordOf[markOf(first)]}</span>
      </>
    )
  if (by === 'owner') {
    const name = ownerOf(first)
    return (
      <>
        <span class="g">{name === '' ? 'nobody' : name}</span>
        <span class="gs">{name === '' ? 'no team owns the path or is involved' : contactOf(name)}</span>
      </>
    )
  }
  const { rule, conjuncts, teams } = first
  const team = conjuncts.find((one) => one.rule === rule.id)?.team ?? teams[0]
  return (
    <>
      <span class="g">
        <RuleId id={rule.id} />
      </span>
      {rule.title === undefined ? null : <span class="gt">{rule.title}</span>}
      {team === undefined ? null : <span class="gs">rule of {team}</span>}
    </>
  )
}
