import type { TestReport, TestResult } from '../../model/test-report.ts'
import { palette } from '../paint.ts'
import { printable } from '../printable.ts'
import { tapDescription, tapDiagnostics, tapText } from '../tap-point.ts'
import { differenceLines } from './text.ts'

/** The Test Anything Protocol, version 14: a point for each case in one environment. */
export function tapTests({ results }: TestReport): string {
  return tapText(
    results.map((result) => ({
      isOk: result.outcome === 'pass',
      text: [
        tapDescription(`${result.file}: ${result.name} · ${result.environment}`),
        ...(result.outcome === 'pass' ? [] : tapDiagnostics(detailsOf(result))),
      ].join('\n'),
    })),
  )
}

function detailsOf({ file, line, column, differences, fault }: TestResult): object {
  const lines = differences.flatMap((difference) => differenceLines(file, difference, palette(false)))
  return {
    at: `${printable(file)}:${line}:${column}`,
    ...(fault === undefined ? { differences: lines.map((text) => text.trim()) } : { fault: printable(fault.message) }),
  }
}
