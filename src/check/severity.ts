import type { Kind, Outcome, Severity } from '../model/finding.ts'
import type { RuleEntry } from '../model/workspace.ts'

/** Where a check was asked for: severities may differ by it, to warn first and deny later. */
export type Entry = NonNullable<RuleEntry['entry']>

/** What decides about severity beside the finding itself. */
export interface SeverityContext {
  readonly rules: readonly RuleEntry[]
  readonly environment: string
  readonly entry: Entry
}

/**
 * The severity of a finding, or `off` where it is to be dropped: the last matching entry of the workspace's `rules`, then
 * what the rule itself says, then `error`. Findings without a desired state are always errors; drift never informs louder than `info`.
 */
export function severityOf(
  finding: {
    readonly kind: Kind
    readonly outcome: Outcome
    readonly rule: { readonly id: string; readonly severity?: Severity }
  },
  context: SeverityContext,
): Severity | 'off' {
  if (finding.outcome === 'conflicts') return 'error'
  const entry = context.rules.findLast(
    ({ rule, environment, entry }) =>
      matchesRule(rule, finding.rule.id) &&
      (environment ?? context.environment) === context.environment &&
      (entry ?? context.entry) === context.entry,
  )
  if (finding.kind === 'drift') return entry?.severity === 'off' ? 'off' : 'info'
  return entry?.severity ?? finding.rule.severity ?? 'error'
}

/** Whether a glob over rule ids matches: `*` is any text, every other character is itself. Linear in both. */
export function matchesRule(glob: string, id: string): boolean {
  const [head = '', ...rest] = glob.split('*')
  const tail = rest.pop()
  if (tail === undefined) return id === glob
  if (!id.startsWith(head)) return false
  let from = head.length
  for (const piece of rest) {
    const at = id.indexOf(piece, from)
    if (at === -1) return false
    from = at + piece.length
  }
  return id.length - tail.length >= from && id.endsWith(tail)
}
