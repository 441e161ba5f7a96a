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
  const tried = await testedRules(workspace)
  return tried && rules.filter(({ id }) => tried(id) === 0)
}

/** Says of a rule how many cases of a workspace expect to find it; undefined where the workspace has no tests at all. */
export async function testedRules(workspace: TestedWorkspace): Promise<((rule: string) => number) | undefined> {
  const names = await workspace.source.list([testFiles])
  if (names.length === 0) return undefined
  const files = await Promise.all(names.map((name) => readTests([name], workspace).catch(noTests)))
  const expected = files
    .flat()
    .map(({ expectation }) => [
      ...new Set(expectation?.findings?.flatMap(({ rule }) => (rule === undefined ? [] : [rule]))),
    ])
  return (rule) => expected.filter((globs) => globs.some((glob) => matchesRule(glob, rule))).length
}

function noTests(error: unknown): readonly [] {
  if (error instanceof Fault && error.code === 'TESTS_INVALID') return []
  throw error
}
