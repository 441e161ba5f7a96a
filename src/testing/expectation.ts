import type { Document } from '../model/document.ts'
import type { Expected, ExpectedFinding, ExpectedOutcome } from '../model/test-document.ts'
import type { Expectation } from './case.ts'

/** The findings that are expected, and where they stand. */
export function expectedFindings(
  expected: Expected | undefined,
  pointer: readonly string[],
): { readonly findings: readonly ExpectedFinding[]; readonly at: readonly string[] } {
  if (expected === undefined || typeof expected === 'string') return { findings: [], at: pointer }
  if (isList(expected)) return { findings: expected, at: pointer }
  return { findings: expected.findings ?? [], at: [...pointer, 'findings'] }
}

/** What a case expects, in one form, with the lines of its file. */
export function expectationOf(
  expected: Expected,
  pointer: readonly string[],
  { locate }: Pick<Document, 'locate'>,
): Expectation {
  const { findings, at } = expectedFindings(expected, pointer)
  const placed = findings.map((finding, index) => ({ ...finding, ...locate([...at, String(index)]) }))
  const outcome: ExpectedOutcome =
    typeof expected === 'string' ? { verdict: expected } : isList(expected) ? { findings: expected } : expected
  const { verdict, also } = outcome
  // A verdict that leaves nothing to be found says that nothing is.
  const tellsAll = outcome.findings !== undefined || verdict === 'conforms'
  return {
    ...(verdict === undefined ? {} : { verdict }),
    ...(tellsAll ? { findings: placed } : {}),
    ...(also === undefined ? {} : { also }),
    ...locate(pointer),
  }
}

function isList(expected: Expected): expected is readonly ExpectedFinding[] {
  return Array.isArray(expected)
}
