import type { Difference, TestReport, TestResult } from '../../model/test-report.ts'
import { palette, type Palette } from '../paint.ts'
import { printable } from '../printable.ts'
import { coverageLines } from './coverage-lines.ts'
import type { TestFormatOptions } from './format.ts'
import { mutationLines } from './mutation-lines.ts'

/** What became of the tests, for people: what fails first as expected against found, then one line a file, then the sum. */
export function testsText(report: TestReport, { colour, quiet }: TestFormatOptions): string {
  const paint = palette(colour)
  const several = new Set(report.results.map(({ environment }) => environment)).size > 1
  const failing = report.results.filter(({ outcome }) => outcome !== 'pass')
  const lines = [
    ...failing.flatMap((result) => [...resultLines(result, several, paint), '']),
    ...(quiet ? [] : [...fileLines(report.results, paint), '']),
    ...(report.coverage === undefined ? [] : [...coverageLines(report.coverage, paint), '']),
    ...(report.mutation === undefined ? [] : [...mutationLines(report.mutation, paint), '']),
    sumLine(report, paint),
  ]
  return `${lines.join('\n')}\n`
}

function resultLines(result: TestResult, several: boolean, paint: Palette): readonly string[] {
  const { file, line, column, name, environment, outcome, fault } = result
  const word = outcome === 'fail' ? paint.violation('fails') : paint.conflict('not tried')
  const about = paint.faint(`${printable(file)}:${line}:${column}`)
  return [
    `${word}  ${paint.heading(printable(name))}${several ? ` · ${printable(environment)}` : ''}  ${about}`,
    ...(fault === undefined ? [] : [`  ${fault.code}: ${printable(fault.message)}`]),
    ...result.differences.flatMap((difference) => differenceLines(file, difference, paint)),
  ]
}

/** One difference in lines: `-` what was expected, `+` what was found. */
export function differenceLines(file: string, difference: Difference, paint: Palette): readonly string[] {
  const { kind, line, column, expected, found, message, rule, hint } = difference
  const at = paint.faint(`${printable(file)}:${line}:${column}`)
  const stated =
    rule?.file === undefined
      ? []
      : [paint.faint(`    rule ${printable(rule.id)}  ${printable(rule.file)}:${rule.line ?? 1}:${rule.column ?? 1}`)]
  const minus = (text: string): string => paint.violation(`  - ${printable(text)}`)
  const plus = (text: string): string => paint.good(`  + ${printable(text)}`)
  if (kind === 'unsaid')
    return ['  expects nothing yet: say what with `expect`, or have it written with `congruent test --update`']
  const word = kind === 'verdict' ? 'verdict ' : ''
  return [
    ...(expected === undefined ? [] : [`${minus(word + expected)}  ${at}`]),
    ...(found === undefined ? [] : [plus(word + found)]),
    ...[message, hint].flatMap((text) => (text === undefined ? [] : [`    ${printable(text)}`])),
    ...stated,
  ]
}

/** The results of each file, in the order in which they stand. */
export function filesOf(
  results: readonly TestResult[],
): readonly (readonly [file: string, results: readonly TestResult[]])[] {
  const files = new Map<string, TestResult[]>()
  for (const result of results) {
    const known = files.get(result.file)
    if (known === undefined) files.set(result.file, [result])
    else known.push(result)
  }
  return [...files]
}

function fileLines(results: readonly TestResult[], paint: Palette): readonly string[] {
  const files = filesOf(results)
  const columns = Math.max(0, ...files.map(([file]) => printable(file).length))
  return files.map(([file, some]) => {
    const failing = some.filter(({ outcome }) => outcome !== 'pass').length
    const word = failing === 0 ? paint.good('pass ') : paint.violation('fails')
    const counts = failing === 0 ? `${some.length}` : `${failing} of ${some.length}`
    return `${printable(file).padEnd(columns)}  ${word}  ${counts}`
  })
}

function sumLine({ summary: { pass, fail, fault }, workspace }: TestReport, paint: Palette): string {
  const words = [
    `${pass} pass`,
    ...(fail === 0 ? [] : [paint.violation(`${fail} ${fail === 1 ? 'fails' : 'fail'}`)]),
    ...(fault === 0 ? [] : [paint.conflict(`${fault} not tried`)]),
  ]
  const all = pass + fail + fault
  return `${workspace} ${all === 1 ? '1 test' : `${all} tests`}: ${words.join(', ')}`
}
