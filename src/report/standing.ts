import { counts } from '../model/counting.ts'
import type { Finding, Severity } from '../model/finding.ts'

/**
 * What a finding is to a reader that knows no outcomes, only what fails and what passes: it fails the check, leaves it undecided, is excused
 * by an exemption or a baseline, deviates or is undecided without a say in the verdict, or is for information.
 */
export type Standing = 'fails' | 'undecided' | 'excused' | 'lesser' | 'told'

/** Where a finding stands if findings from this severity on have a say in the verdict. */
export function standingOf(finding: Finding, failOn: Severity = 'error'): Standing {
  if (excuseOf(finding) !== undefined) return 'excused'
  const fails = counts(finding, failOn)
  // A lint leads to nothing in a check; who asks for lints from some severity on wants them to fail.
  if (finding.outcome === 'none') return finding.kind === 'lint' && fails ? 'fails' : 'told'
  if (!fails) return 'lesser'
  return finding.outcome === 'undecided' ? 'undecided' : 'fails'
}

/** What excuses a finding, in words; `undefined` where nothing does. */
export function excuseOf({ exempted, known }: Finding): string | undefined {
  if (exempted !== undefined) return `exempted by ${exempted.id} of ${exempted.owner} until ${exempted.expires}`
  return known === true ? 'known from the baseline' : undefined
}
