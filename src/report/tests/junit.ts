import type { TestReport, TestResult } from '../../model/test-report.ts'
import { palette } from '../paint.ts'
import { printable } from '../printable.ts'
import { xmlElement, xmlText } from '../xml.ts'
import { differenceLines, filesOf } from './text.ts'

/** JUnit's XML: a suite a file of tests, a case a case in one environment; what could not be tried is an error. */
export function junitTests({ results, summary, workspace }: TestReport): string {
  const suites = filesOf(results).map(([file, some]) =>
    xmlElement(
      'testsuite',
      { name: printable(file), tests: some.length, failures: countOf(some, 'fail'), errors: countOf(some, 'fault') },
      `\n${some.map((result) => testCase(result)).join('\n')}\n`,
    ),
  )
  const counts = { tests: results.length, failures: summary.fail, errors: summary.fault }
  const xml = xmlElement('testsuites', { name: workspace, ...counts }, `\n${suites.join('\n')}\n`)
  return `<?xml version="1.0" encoding="UTF-8"?>\n${xml}\n`
}

function testCase({ file, line, name, environment, outcome, differences, fault }: TestResult): string {
  const attributes = { classname: `${printable(file)}:${line}`, name: `${name} · ${environment}` }
  if (outcome === 'pass') return xmlElement('testcase', attributes)
  if (fault !== undefined)
    return xmlElement('testcase', attributes, xmlElement('error', { type: fault.code, message: fault.message }))
  const lines = differences.flatMap((difference) => differenceLines(file, difference, palette(false)))
  const message = lines[0]?.trim() ?? ''
  return xmlElement('testcase', attributes, xmlElement('failure', { type: 'test', message }, xmlText(lines.join('\n'))))
}

function countOf(results: readonly TestResult[], wanted: TestResult['outcome']): number {
  return results.filter(({ outcome }) => outcome === wanted).length
}
