import { Fault } from '../../errors.ts'

/** What asks for another try of the whole transaction: it lost against another one. */
const again = new Set(['40001', '40P01'])
/** What no retry mends: the text is such that PostgreSQL cannot keep it. */
const unkeepable: Readonly<Record<string, string>> = {
  '22021': 'a name holds the character U+0000, which cannot be kept',
  '22003': 'a number is too large to be kept',
  '22P02': 'a number is no whole number, or too large to be kept',
  '54000': 'a name is too long to be kept; about 2,000 bytes are the most',
}
/** The server is stopping, starting, full, out of reach, or lets us not in. */
const unavailable = /^(08|28|3D|53|57P|E[A-Z])/

/** The SQLSTATE, or the code of a system error. */
export function sqlCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

/** Whether the same transaction may succeed when it is run again. */
export function mayRunAgain(error: unknown): boolean {
  return again.has(sqlCode(error))
}

/** What went wrong in a database, as a fault where it is one of those that people can act on. */
export function sqlFault(error: unknown): unknown {
  if (error instanceof Fault) return error
  const code = sqlCode(error)
  const problem = unkeepable[code]
  if (problem !== undefined) return new Fault('BODY_INVALID', problem, { cause: error })
  const message = error instanceof Error ? error.message : String(error)
  if (unavailable.test(code) || /^(Connection terminated|timeout exceeded|Client has encountered)/.test(message))
    return new Fault('STORE_UNAVAILABLE', `the database cannot be used: ${message || code}`, { cause: error })
  return error
}
