import { matchesRule } from '../check/severity.ts'
import { verdictOf, worstVerdict } from '../check/verdict.ts'
import type { Finding, Kind, Verdict } from '../model/finding.ts'
import { formatPath, parsePattern } from '../model/path.ts'
import type { ExpectedFinding } from '../model/test-document.ts'
import type { Difference } from '../model/test-report.ts'
import type { Expectation, PlacedExpectation } from './case.ts'

/** What a check of a case found. */
export interface Found {
  readonly findings: readonly Finding[]
  /** The engine could not tell everything. */
  readonly undecided?: boolean
  /** Where a rule is stated, or which was meant, for the words of what was not found. */
  readonly ruleAt?: (glob: string) => Pick<Difference, 'rule' | 'hint'>
}

const asides: readonly Kind[] = ['unobserved', 'drift']

/** Every way in which what was found differs from what was expected, in the order of the expectation and then of the findings. */
export function differencesOf(
  expectation: Expectation,
  { findings, undecided = false, ruleAt = ruleNowhere }: Found,
): readonly Difference[] {
  const { verdict, findings: expected, also } = expectation
  const decided = verdictOfCase(findings, verdict)
  const found = undecided ? worstVerdict([decided, 'undecided']) : decided
  const absent = (expected ?? []).filter((one) => !findings.some((finding) => meets(finding, one)))
  const more =
    expected === undefined || also === 'any'
      ? []
      : findings.filter((one) => !isAside(one) && !expected.some((wanted) => meets(one, wanted)))
  return [
    ...(verdict === undefined || verdict === found ? [] : [verdictDifference(expectation, verdict, found)]),
    ...absent.map((one) => absentDifference(one, findings, ruleAt)),
    ...more.map((one) => unexpectedDifference(one, expectation)),
  ]
}

/** Whether a finding is one of which small givens are full, and which counts only where a case speaks of it. */
export function isAside({ kind }: Finding): boolean {
  return asides.includes(kind)
}

/** Whether all that is expected of a finding holds of it. */
export function meets(finding: Finding, { rule, path, kind, severity, message }: ExpectedFinding): boolean {
  return (
    (rule === undefined || matchesRule(rule, finding.rule.id)) &&
    (path === undefined || isAt(finding, path)) &&
    (kind === undefined || kind === finding.kind) &&
    (severity === undefined || severity === finding.severity) &&
    (message === undefined || finding.message.includes(message))
  )
}

function isAt(finding: Finding, text: string): boolean {
  const pattern = parsePattern(text)
  return (
    pattern.length === finding.path.length &&
    pattern.every((label, index) => label === null || label === finding.path[index])
  )
}

/** The verdict of a case: what nobody observed leaves a case undecided only where it is expected to be. */
export function verdictOfCase(findings: readonly Finding[], expected: Verdict | undefined): Verdict {
  return verdictOf(
    findings.filter(({ kind }) => expected === 'undecided' || kind !== 'unobserved'),
    'error',
  )
}

function verdictDifference({ line, column }: Expectation, expected: Verdict, found: Verdict): Difference {
  return { kind: 'verdict', line, column, expected, found }
}

function absentDifference(
  expected: PlacedExpectation,
  findings: readonly Finding[],
  ruleAt: NonNullable<Found['ruleAt']>,
): Difference {
  const { line, column } = expected
  const { rule, hint = nearest(expected, findings) } = expected.rule === undefined ? {} : ruleAt(expected.rule)
  return {
    kind: 'absent',
    line,
    column,
    expected: expectedText(expected),
    ...(rule === undefined ? {} : { rule }),
    ...(hint === undefined ? {} : { hint }),
  }
}

function unexpectedDifference(found: Finding, { line, column }: Expectation): Difference {
  const conjunct = found.conjuncts.find(({ rule }) => rule === found.rule.id) ?? found.conjuncts[0]
  return {
    kind: 'unexpected',
    line,
    column,
    found: foundText(found),
    message: found.message,
    rule: {
      id: found.rule.id,
      ...(conjunct === undefined ? {} : { file: conjunct.file, line: conjunct.line, column: conjunct.column }),
    },
  }
}

/** What of an expectation was found after all, to see which word of it is wrong. */
function nearest(expected: ExpectedFinding, findings: readonly Finding[]): string | undefined {
  const members = ['message', 'severity', 'kind', 'path', 'rule'] as const
  for (const member of members) {
    const { [member]: left, ...rest } = expected
    if (left === undefined || Object.keys(rest).length === 0) continue
    const near = findings.find((finding) => meets(finding, { ...rest }))
    if (near === undefined || (member === 'rule' && expected.path === undefined)) continue
    const said = {
      message: near.message,
      severity: near.severity,
      kind: near.kind,
      path: formatPath(near.path),
      rule: near.rule.id,
    }
    return `found with ${member} \`${said[member]}\``
  }
  return undefined
}

/** `mismatch HA-1 services.web.replicas (warning)` */
function foundText({ kind, rule, at, severity }: Finding): string {
  return `${kind} ${rule.id} ${at === '' ? '(the whole state)' : at}${severity === 'error' || kind === 'drift' ? '' : ` (${severity})`}`
}

function expectedText({ kind, rule, path, severity, message }: ExpectedFinding): string {
  const words = [
    kind ?? 'a finding',
    rule,
    path === '' ? '(the whole state)' : path,
    severity && `(${severity})`,
    message && `"${message}"`,
  ]
  return words.filter((word) => word !== undefined).join(' ')
}

function ruleNowhere(): Pick<Difference, 'rule' | 'hint'> {
  return {}
}
