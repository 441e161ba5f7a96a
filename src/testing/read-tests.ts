import { readDocuments } from '../document/read.ts'
import { Fault, type FaultPlace } from '../errors.ts'
import type { Document } from '../model/document.ts'
import { compareText } from '../model/order.ts'
import type { TestDocument } from '../model/test-document.ts'
import { schemaProblems, type SchemaProblem } from '../schema/problems.ts'
import { validateTest } from '../schema/test-validators.js'
import type { ReadWorkspace } from '../workspace/read-workspace.ts'
import type { Source } from '../workspace/source.ts'
import type { Case } from './case.ts'
import { caseProblems } from './case-problems.ts'
import { expectationOf } from './expectation.ts'
import { overlaid } from './overlay.ts'
import { besideTest } from './place-of-test.ts'

/** What tests are read for. */
export interface TestedWorkspace {
  readonly source: Source
  readonly read: ReadWorkspace
}

/** Reads the cases of the files, in their order. Throws one Fault TESTS_INVALID with every mistake in any of them and its place. */
export async function readTests(names: readonly string[], workspace: TestedWorkspace): Promise<readonly Case[]> {
  const cases: Case[] = []
  const places: FaultPlace[] = []
  for (const file of names) {
    const bytes = await workspace.source.read(file)
    if (!bytes.ok) {
      places.push({ message: bytes.message, file })
      continue
    }
    const { documents, unreadable } = readDocuments(file, bytes.bytes)
    places.push(...unreadable.map(({ message, position }) => ({ message, file, ...position })))
    const [document, another] = documents
    if (unreadable.length > 0) continue
    if (document === undefined || document.data === null)
      places.push({ message: 'the file is empty: it needs `cases`', file, line: 1, column: 1 })
    else if (another !== undefined)
      places.push({
        message: 'the file holds more than one document: its cases are one list',
        file,
        ...another.locate([]),
      })
    else {
      const read = casesOf(document, workspace)
      cases.push(...read.cases)
      places.push(...(await absentFiles(document, read.cases, workspace.source)))
      places.push(
        ...read.problems.map(({ message, pointer, target }) => ({
          message,
          file,
          ...document.locate(pointer, target),
        })),
      )
    }
  }
  if (places.length === 0) return cases
  const sorted = places.toSorted(
    (a, b) =>
      compareText(a.file ?? '', b.file ?? '') ||
      (a.line ?? 0) - (b.line ?? 0) ||
      (a.column ?? 0) - (b.column ?? 0) ||
      compareText(a.message, b.message),
  )
  const count = sorted.length === 1 ? 'a mistake' : `${sorted.length} mistakes`
  throw new Fault('TESTS_INVALID', `the tests in \`${workspace.source.name}\` have ${count}`, { places: sorted })
}

/** Files that cases name and that cannot be had, each at the place of its case. */
async function absentFiles({ file }: Document, cases: readonly Case[], source: Source): Promise<readonly FaultPlace[]> {
  const places: FaultPlace[] = []
  for (const { given, line, column } of cases) {
    for (const name of given.files ?? []) {
      const found = besideTest(file, name)
      const read = found === undefined ? undefined : await source.read(found)
      if (read?.ok === false)
        places.push({ message: `a file that is given cannot be read: ${read.message}`, file, line, column })
    }
  }
  return places
}

function casesOf(
  document: Document,
  { read }: TestedWorkspace,
): { readonly cases: readonly Case[]; readonly problems: readonly SchemaProblem[] } {
  const misshapen = schemaProblems(validateTest, document.data)
  if (misshapen.length > 0) return { cases: [], problems: misshapen }
  // The schema has just been found to fit.
  const held = document.data as unknown as TestDocument
  const problems = caseProblems(held, document.file, read)
  const cases = held.cases.map((entry, index): Case => {
    const pointer = ['cases', String(index)]
    const asked = entry.environments ?? held.environments
    const now = entry.now ?? held.now
    return {
      file: document.file,
      index,
      ...document.locate(pointer),
      name: entry.name,
      environments: read.environments.filter((name) => asked?.includes(name) ?? true),
      ...(now === undefined ? {} : { now: new Date(now) }),
      given: overlaid(held.given ?? {}, entry.given ?? {}),
      ...(entry.expect === undefined
        ? {}
        : { expectation: expectationOf(entry.expect, [...pointer, 'expect'], document) }),
    }
  })
  return { cases, problems }
}
