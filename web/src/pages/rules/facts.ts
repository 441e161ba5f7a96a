import type { AnswerOf } from '../../api/ask.ts'
import type { Rule } from '../../api/operations.ts'

/** What is to be said of a rule beside its numbers: that it never met anything, or was never seen to refuse anything, and why. */
export interface Remark {
  readonly kind: 'never matched' | 'never violated'
  readonly why: string
  /** Nobody knows that the rule works. */
  readonly grave: boolean
}

/** At how many observed paths a rule speaks; undefined while that is not known. */
export type MatchesOf = (rule: Rule) => number | undefined

/** Reads the answer about where rules speak; before there was a check nothing is known. */
export function matchesIn(answer: AnswerOf<'listRuleMatches'> | undefined): MatchesOf {
  const paths = new Map(answer?.items.map(({ id, team, paths }) => [JSON.stringify([id, team]), paths]))
  return ({ id, team }) => (answer?.check === undefined ? undefined : (paths.get(JSON.stringify([id, team])) ?? 0))
}

/** The remark about a rule; none where it met something and was violated, or where not enough is known. */
export function remarkOf(rule: Rule, matches: number | undefined): Remark | undefined {
  const { undecided } = rule.findings
  if (matches === 0)
    return {
      kind: 'never matched',
      why:
        undecided > 0
          ? 'what it speaks about was not seen: the rule protects nothing now'
          : 'nothing that was seen in time has a path that it speaks about',
      grave: true,
    }
  if (matches === undefined || hasBeenViolated(rule)) return undefined
  if (rule.tests === undefined || rule.tests === 0)
    return { kind: 'never violated', why: 'not in 12 weeks, and in no test: nobody knows that it works', grave: true }
  const cases = rule.tests === 1 ? 'a test breaks it' : `${rule.tests} tests break it`
  return { kind: 'never violated', why: `not in 12 weeks; ${cases} on purpose: it works`, grave: false }
}

function hasBeenViolated({ weeks, findings, exempted }: Rule): boolean {
  return weeks.some((count) => count > 0) || findings.violates + findings.conflicts + exempted > 0
}

/** Rules with an id of their own, and of the others those that something was found of: the rest are the fragments' plain lines. */
export function isListed({ explicit, findings, exempted, weeks }: Rule): boolean {
  const found = findings.conflicts + findings.violates + findings.undecided + findings.none + exempted
  return explicit || found > 0 || weeks.some((count) => count > 0)
}
