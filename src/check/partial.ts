import type { Finding } from '../model/finding.ts'
import type { Note } from '../model/report.ts'

/** Findings of a partial check: input says only what it holds, so that all which nobody observed is one note instead of findings. */
export function foldUnobserved(
  findings: readonly Finding[],
  environment: string,
): { readonly findings: readonly Finding[]; readonly notes: readonly Note[] } {
  const kept = findings.filter(({ kind }) => kind !== 'unobserved')
  const folded = findings.length - kept.length
  if (folded === 0) return { findings, notes: [] }
  const places = folded === 1 ? '1 place is' : `${folded} places are`
  return {
    findings: kept,
    notes: [{ code: 'partial', message: `${places} not in the input and not judged (environment \`${environment}\`)` }],
  }
}
