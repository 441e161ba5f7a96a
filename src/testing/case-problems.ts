import { parsePattern, PathSyntaxError, type Path } from '../model/path.ts'
import type { Expected, Given, GivenFragment, TestDocument, TestEntry } from '../model/test-document.ts'
import { suggestion } from '../schema/did-you-mean.ts'
import { schemaProblems, type SchemaProblem } from '../schema/problems.ts'
import { validateGivenSnapshot } from '../schema/test-validators.js'
import { keptFiles } from '../workspace/file-name.ts'
import type { ReadWorkspace } from '../workspace/read-workspace.ts'
import { expectedFindings } from './expectation.ts'
import { snapshotOf } from './given-files.ts'
import { besideTest } from './place-of-test.ts'

// What a schema cannot say about tests: names that must exist, paths that must be readable, members that go together.

/** Every problem of a file of tests beyond its schema. */
export function caseProblems(document: TestDocument, file: string, read: ReadWorkspace): readonly SchemaProblem[] {
  const { environments } = read
  const teams = Object.keys(read.workspace.teams)
  const within = (pointer: Path, entry: Pick<TestEntry, 'environments' | 'given' | 'expect'>): SchemaProblem[] => [
    ...unknown('environment', entry.environments, environments, [...pointer, 'environments']),
    ...givenProblems(entry.given ?? {}, file, teams, [...pointer, 'given']),
    ...pathProblems(entry.expect, [...pointer, 'expect']),
  ]
  const { cases } = document
  return [
    ...within([], document),
    ...(cases.length === 0 ? [value(['cases'], '`cases` is empty: a file of tests needs at least one')] : []),
    ...cases.flatMap((entry, index) => within(['cases', String(index)], entry)),
    ...cases.flatMap(({ name }, index) => {
      const first = cases.findIndex((other) => other.name === name)
      return first === index
        ? []
        : [value(['cases', String(index), 'name'], `the name \`${name}\` is that of case ${first + 1}, too`)]
    }),
  ]
}

function givenProblems(given: Given, file: string, teams: readonly string[], pointer: Path): readonly SchemaProblem[] {
  const { covers, files = [], fragments = [], snapshots = [] } = given
  return [
    ...(Array.isArray(covers) ? covers : []).flatMap((pattern, index) =>
      unreadablePath(String(pattern), [...pointer, 'covers', String(index)]),
    ),
    ...files.flatMap((name, index) => {
      const at = [...pointer, 'files', String(index)]
      return besideTest(file, name) === undefined ? [value(at, `the file \`${name}\` lies outside the workspace`)] : []
    }),
    ...snapshots.flatMap((snapshot, index) =>
      schemaProblems(validateGivenSnapshot, snapshotOf(snapshot, undefined)).map((problem) => ({
        ...problem,
        message: problem.message.replace(/^the document/, 'the snapshot'),
        pointer: [...pointer, 'snapshots', String(index), ...problem.pointer],
      })),
    ),
    ...fragments.flatMap((fragment, index) =>
      fragmentProblems(fragment, teams, [...pointer, 'fragments', String(index)]),
    ),
  ]
}

function fragmentProblems(
  { team, alone, file, cue, data }: GivenFragment,
  teams: readonly string[],
  pointer: Path,
): readonly SchemaProblem[] {
  if ((team === undefined) === (file === undefined))
    return [value(pointer, 'a given fragment needs either `team` or `file`')]
  if ((cue === undefined) === (data === undefined))
    return [value(pointer, 'a given fragment needs either `cue` or `data`')]
  if (team !== undefined) return unknown('team', [team], teams, [...pointer, 'team'], 'one')
  const [wrong] = keptFiles([[file ?? '', '']]).problems
  return [
    ...(alone === undefined ? [] : [value([...pointer, 'alone'], '`alone` is for the fragment of a team')]),
    ...(wrong === undefined ? [] : [value([...pointer, 'file'], `the name \`${wrong.name}\` ${wrong.problem}`)]),
  ]
}

function pathProblems(expect: Expected | undefined, pointer: Path): readonly SchemaProblem[] {
  const { findings, at } = expectedFindings(expect, pointer)
  return findings.flatMap(({ path }, index) =>
    path === undefined ? [] : unreadablePath(path, [...at, String(index), 'path']),
  )
}

function unreadablePath(text: string, pointer: Path): readonly SchemaProblem[] {
  try {
    parsePattern(text)
    return []
  } catch (error) {
    if (error instanceof PathSyntaxError) return [value(pointer, error.message)]
    throw error
  }
}

function unknown(
  what: string,
  names: readonly string[] | undefined,
  known: readonly string[],
  pointer: Path,
  count: 'one' | 'several' = 'several',
): readonly SchemaProblem[] {
  const expected = `expected one of ${known.map((name) => `\`${name}\``).join(', ')}`
  return (names ?? []).flatMap((name, index) =>
    known.includes(name)
      ? []
      : [
          value(
            count === 'one' ? pointer : [...pointer, String(index)],
            `there is no ${what} \`${name}\`: ${expected}${suggestion(name, known)}`,
          ),
        ],
  )
}

function value(pointer: Path, message: string): SchemaProblem {
  return { pointer, target: 'value', message }
}
