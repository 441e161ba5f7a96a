import { endOf } from '../../model/exemption.ts'
import type { Finding } from '../../model/finding.ts'
import { compareText } from '../../model/order.ts'
import { reaches } from '../../model/path-pattern.ts'
import { matchesRule } from '../severity.ts'
import type { HeldExemption } from './held.ts'

/** The findings of one environment, and which of them each exemption that holds there is about. */
export interface Excused {
  readonly environment: string
  readonly findings: readonly Finding[]
  /** By exemption: what it excuses, alone or with others. */
  readonly excuses: ReadonlyMap<HeldExemption, readonly Finding[]>
  /** By exemption: conflicts that it would excuse if they could be excused. */
  readonly conflicts: ReadonlyMap<HeldExemption, readonly Finding[]>
}

/**
 * Marks the findings of one environment that exemptions excuse. Without a desired state there is nothing that could be excused:
 * conflicts stay. Of several exemptions the one that holds longest is named, then the first by id.
 */
export function excuse(environment: string, findings: readonly Finding[], held: readonly HeldExemption[]): Excused {
  const here = held.filter(({ about, holds }) => holds && about.includes(environment))
  const excuses = new Map<HeldExemption, Finding[]>()
  const conflicts = new Map<HeldExemption, Finding[]>()
  const marked = findings.map((finding) => {
    const about = here.filter((one) => isFor(one, finding))
    for (const one of about) noteIn(finding.outcome === 'conflicts' ? conflicts : excuses, one, finding)
    const [first] = finding.outcome === 'conflicts' ? [] : about.toSorted(longestFirst)
    if (first === undefined) return finding
    const { id, owner, expires } = first.exemption
    return { ...finding, exempted: { id, owner, expires } }
  })
  return { environment, findings: marked, excuses, conflicts }
}

function isFor({ exemption, pattern }: HeldExemption, { rule, path }: Finding): boolean {
  return pattern !== undefined && matchesRule(exemption.rule, rule.id) && reaches(pattern, path)
}

function noteIn(found: Map<HeldExemption, Finding[]>, one: HeldExemption, finding: Finding): void {
  const known = found.get(one)
  if (known === undefined) found.set(one, [finding])
  else known.push(finding)
}

function longestFirst({ exemption: a }: HeldExemption, { exemption: b }: HeldExemption): number {
  return endOf(b) - endOf(a) || compareText(a.id, b.id)
}
