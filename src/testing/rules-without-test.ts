import { matchesRule } from '../check/severity.ts'
import { Fault } from '../errors.ts'
import { testFiles } from '../model/test-files.ts'
import { readTests, type TestedWorkspace } from './read-tests.ts'

/**
 * The rules that no case of a workspace expects to be found, in the order given; undefined where it has no tests at all. An expectation without a rule's id counts for none; nor does
 * a file of tests that has mistakes, of which `congruent test` tells.
 */
export async function rulesWithoutTest<R extends { readonly id: string }>(
  workspace: TestedWorkspace,
  rules: readonly R[],
): Promise<readonly R[] | undefined> {
  const names = await workspace.source.list([testFiles])
  if (names.length === 0) return undefined
  const files = await Promise.all(names.map((name) => readTests([name], workspace).catch(noTests)))
  const expected = files
    .flat()
    .flatMap(({ expectation }) => expectation?.findings ?? [])
    .flatMap(({ rule }) => (rule === undefined ? [] : [rule]))
  const globs = [...new Set(expected)]
  return rules.filter(({ id }) => !globs.some((glob) => matchesRule(glob, id)))
}

function noTests(error: unknown): readonly [] {
  if (error instanceof Fault && error.code === 'TESTS_INVALID') return []
  throw error
}
