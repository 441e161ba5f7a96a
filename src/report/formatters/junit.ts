import type { Finding, Verdict } from '../../model/finding.ts'
import type { Report } from '../../model/report.ts'
import { environmentProblems } from '../environment-problems.ts'
import { findingDetails, findingHeadline, messageOf, subjectOf } from '../finding-words.ts'
import type { FormatOptions } from '../format.ts'
import { printable } from '../printable.ts'
import { excuseOf, standingOf } from '../standing.ts'
import { xmlElement, xmlText } from '../xml.ts'

/** What becomes of a case; `passes` is no element of its own. */
type Result = 'failure' | 'error' | 'skipped' | 'passes'

interface Case {
  readonly result: Result
  readonly xml: string
}

/**
 * JUnit's XML: a suite an environment, a case a finding, and one for the verdict, so that what conforms has a case that passes. A violation
 * fails; what is undecided is an error, as the test could not be made; what is exempted, or has no say in the verdict, is skipped.
 */
export function junit(report: Report, options: FormatOptions): string {
  const names = [
    ...report.environments.map(({ name }) => name),
    ...(report.faults ?? []).map(({ environment }) => environment),
  ]
  const suites = names.map((name) => suite(name, report, options))
  const total = (result: Result): number => suites.reduce((sum, { results }) => sum + countOf(results, result), 0)
  const xml = xmlElement(
    'testsuites',
    {
      name: report.workspace,
      tests: suites.reduce((sum, { results }) => sum + results.length, 0),
      failures: total('failure'),
      errors: total('error'),
    },
    `\n${suites.map(({ xml }) => xml).join('\n')}\n`,
  )
  return `<?xml version="1.0" encoding="UTF-8"?>\n${xml}\n`
}

function countOf(results: readonly Result[], wanted: Result): number {
  return results.filter((result) => result === wanted).length
}

function suite(
  name: string,
  report: Report,
  options: FormatOptions,
): { readonly results: readonly Result[]; readonly xml: string } {
  const problem = environmentProblems(report, options.failOn).find(({ environment }) => environment === name)
  const verdict = report.environments.find((environment) => environment.name === name)?.verdict ?? 'undecided'
  const cases = [
    verdictCase(`${report.workspace}.${name}`, verdict, problem?.message),
    ...report.findings
      .filter(({ environment }) => environment === name)
      .map((finding) => findingCase(finding, options)),
  ]
  const results = cases.map(({ result }) => result)
  const xml = xmlElement(
    'testsuite',
    {
      name: `${report.workspace} ${name}`,
      tests: cases.length,
      failures: countOf(results, 'failure'),
      errors: countOf(results, 'error'),
      skipped: countOf(results, 'skipped'),
      timestamp: report.checkedAt,
    },
    `\n${cases.map(({ xml }) => xml).join('\n')}\n`,
  )
  return { results, xml }
}

const ofVerdicts = { conforms: 'passes', undecided: 'error', violates: 'failure', conflicts: 'failure' } as const

function verdictCase(classname: string, verdict: Verdict, problem: string | undefined): Case {
  const result: Result = ofVerdicts[verdict]
  const message = problem ?? `the environment ${verdict}`
  const told = result === 'passes' ? undefined : xmlElement(result, { type: verdict, message })
  return { result, xml: xmlElement('testcase', { classname, name: 'verdict' }, told) }
}

const ofStandings = {
  fails: 'failure',
  undecided: 'error',
  excused: 'skipped',
  lesser: 'skipped',
  told: 'passes',
} as const

function findingCase(finding: Finding, options: FormatOptions): Case {
  const standing = standingOf(finding, options.failOn)
  const result: Result = ofStandings[standing]
  const body = xmlText([findingHeadline(finding), ...findingDetails(finding, options)].join('\n'))
  const message = [
    ...(standing === 'excused' ? [excuseOf(finding) ?? ''] : []),
    ...(standing === 'lesser' ? [`${finding.severity} without a say in the verdict`] : []),
    printable(messageOf(finding)),
  ].join(': ')
  const told =
    result === 'passes' ? xmlElement('system-out', {}, body) : xmlElement(result, { type: finding.kind, message }, body)
  const attributes = { classname: finding.rule.id, name: `${finding.kind} ${subjectOf(finding)}` }
  return { result, xml: xmlElement('testcase', attributes, told) }
}
