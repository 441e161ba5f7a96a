import type { CoveredRule } from '../../model/test-report.ts'
import type { Palette } from '../paint.ts'
import { printable } from '../printable.ts'

const mostRows = 50

/** How far rules are tried: those that no case breaks, each with what else is known of it, and the share of the others. */
export function coverageLines(coverage: readonly CoveredRule[], paint: Palette): readonly string[] {
  const open = coverage.filter(({ violated }) => !violated)
  const shown = open.slice(0, mostRows)
  const columns = Math.max(0, ...shown.map(({ id }) => printable(id).length))
  const rows = shown.map((rule) => {
    const words = rule.exercised ? paint.warning('never violated ') : paint.violation('never exercised')
    const real = rule.observed === false ? ', never met by what is observed' : ''
    const place = rule.file === undefined ? '' : `  ${printable(rule.file)}:${rule.line ?? 1}:${rule.column ?? 1}`
    return `  ${printable(rule.id).padEnd(columns)}  ${words}${real}${paint.faint(place)}`
  })
  const unmet = coverage.filter(({ violated, observed }) => violated && observed === false)
  const left = open.length - shown.length
  return [
    `coverage: ${coverage.length - open.length} of ${coverage.length} rules are violated by a test (${percentOf(coverage)} %)`,
    ...rows,
    ...(left > 0 ? [`  … and ${left} more`] : []),
    ...(unmet.length === 0
      ? []
      : [`  tested, but never met by what is observed: ${unmet.map(({ id }) => printable(id)).join(', ')}`]),
  ]
}

/** The share of rules that a test violates, in whole percent, rounded down; 100 where there is none. */
export function percentOf(coverage: readonly CoveredRule[]): number {
  if (coverage.length === 0) return 100
  return Math.floor((coverage.filter(({ violated }) => violated).length * 100) / coverage.length)
}
