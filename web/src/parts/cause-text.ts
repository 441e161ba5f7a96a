import type { CheckCause } from '../api/operations.ts'

/** Why a check was made, or why a finding came or went, in words. */
export function causeText(cause: CheckCause): string {
  if (cause.kind === 'revision') return `constraints changed (revision ${cause.revision})`
  if (cause.kind === 'snapshot') return `${cause.observer} reported (#${cause.sequence})`
  if (cause.kind === 'request') return `asked for by ${cause.by}`
  return 'nothing came, and something grew too old'
}
