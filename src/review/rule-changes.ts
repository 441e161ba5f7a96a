import { severities } from '../model/counting.ts'
import type { ListedRule, RuleSeverities } from '../model/listed-rule.ts'
import { compareText } from '../model/order.ts'
import type { Review, RuleRef, SeverityChange } from '../model/review.ts'

/** The rules of one environment on both sides. */
export interface RulesOf {
  readonly environment: string
  readonly before: readonly ListedRule[]
  readonly after: readonly ListedRule[]
}

/**
 * Rules that come, go or change their severity, with the environments in which they do. Rules without a name of their own are left out: they are
 * constraints like any other, and told as such.
 */
export function ruleChanges(environments: readonly RulesOf[]): Review['rules'] {
  const added = new Map<string, RuleRef>()
  const removed = new Map<string, RuleRef>()
  const severity = new Map<string, SeverityChange>()
  for (const { environment, before, after } of environments) {
    const [old, now] = [byName(before), byName(after)]
    for (const [key, rule] of now) if (!old.has(key)) put(added, key, rule, environment)
    for (const [key, rule] of old) {
      const later = now.get(key)
      if (later === undefined) put(removed, key, rule, environment)
      else for (const change of severityChanges(rule, later, environment)) join(severity, change)
    }
  }
  return { added: sorted(added), removed: sorted(removed), severity: [...severity.values()].toSorted(bySeverityChange) }
}

function byName(rules: readonly ListedRule[]): ReadonlyMap<string, ListedRule> {
  return new Map(rules.filter(({ explicit }) => explicit).map((rule) => [JSON.stringify([rule.id, rule.team]), rule]))
}

function refOf({ id, title, team, sites }: ListedRule, environment: string): RuleRef {
  return { id, ...(title === undefined ? {} : { title }), team, environments: [environment], sites }
}

function put(refs: Map<string, RuleRef>, key: string, rule: ListedRule, environment: string): void {
  const known = refs.get(key)
  refs.set(
    key,
    known === undefined ? refOf(rule, environment) : { ...known, environments: [...known.environments, environment] },
  )
}

function sorted(refs: ReadonlyMap<string, RuleRef>): readonly RuleRef[] {
  return [...refs.values()].toSorted(byRule)
}

function byRule(a: RuleRef, b: RuleRef): number {
  return compareText(a.id, b.id) || compareText(a.team, b.team)
}

const entries = ['ci', 'api', 'admission'] as const satisfies readonly (keyof RuleSeverities)[]
const loudness = ['off', ...severities] as const

/** One change for all entries that go from the same to the same. */
function severityChanges(before: ListedRule, after: ListedRule, environment: string): readonly SeverityChange[] {
  const changes = new Map<string, SeverityChange>()
  for (const entry of entries) {
    const [old, now] = [before.severity[entry], after.severity[entry]]
    if (old === now) continue
    const known = changes.get(`${old} ${now}`)
    changes.set(`${old} ${now}`, {
      rule: refOf(after, environment),
      entries: [...(known?.entries ?? []), entry],
      before: old,
      after: now,
      lowered: loudness.indexOf(now) < loudness.indexOf(old),
    })
  }
  return [...changes.values()]
}

/** The same change in another environment is told with it. */
function join(changes: Map<string, SeverityChange>, change: SeverityChange): void {
  const { rule, before, after } = change
  const key = JSON.stringify([rule.id, rule.team, change.entries, before, after])
  const known = changes.get(key)
  const environments = [...(known?.rule.environments ?? []), ...rule.environments]
  changes.set(key, { ...change, rule: { ...rule, environments } })
}

function bySeverityChange(a: SeverityChange, b: SeverityChange): number {
  return (
    Number(b.lowered) - Number(a.lowered) ||
    byRule(a.rule, b.rule) ||
    compareText(a.before, b.before) ||
    compareText(a.after, b.after) ||
    compareText(a.rule.environments[0] ?? '', b.rule.environments[0] ?? '')
  )
}
