import { decodeText } from '../../document/text.ts'
import type { ExpectedFinding } from '../../model/test-document.ts'
import { formatPath } from '../../model/path.ts'
import { isAside, meets, verdictOfCase } from '../../testing/judge.ts'
import { rewritten, type NewExpectation } from '../../testing/rewrite.ts'
import type { Source } from '../../workspace/source.ts'
import type { Ran } from './run-cases.ts'

/** What `--update` comes to. */
export interface Update {
  /** New texts of files of tests, sorted by name. */
  readonly files: readonly { readonly file: string; readonly text: string }[]
  /** Cases that fail and stay as they are, since their environments differ: each would need another expectation. */
  readonly kept: readonly Ran[]
}

/** Files of tests in which failing cases expect what was found. */
export async function updateOf(source: Source, ran: readonly Ran[]): Promise<Update> {
  const byCase = new Map<string, Ran[]>()
  for (const run of ran) {
    const key = JSON.stringify([run.one.file, run.one.index])
    byCase.set(key, [...(byCase.get(key) ?? []), run])
  }
  const changes = new Map<string, NewExpectation[]>()
  const kept: Ran[] = []
  for (const runs of byCase.values()) {
    const [first] = runs
    if (first === undefined || runs.every(({ result }) => result.outcome === 'pass')) continue
    if (runs.some(({ result }) => result.outcome === 'fault')) continue
    const [wanted, another] = new Set(runs.map((run) => JSON.stringify(newExpectation(run))))
    if (wanted === undefined || another !== undefined) kept.push(first)
    else changes.set(first.one.file, [...(changes.get(first.one.file) ?? []), newExpectation(first)])
  }
  const files: { file: string; text: string }[] = []
  for (const [file, some] of [...changes].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const read = await source.read(file)
    const text = read.ok ? decodeText(read.bytes) : undefined
    if (text !== undefined && 'text' in text)
      files.push({ file, text: rewritten(text.text, some, file.toLowerCase().endsWith('.json')) })
  }
  return { files, kept }
}

function newExpectation({ one, findings }: Ran): NewExpectation {
  const { expectation } = one
  const expected = expectation?.findings ?? []
  const saysVerdictAlone = expectation !== undefined && expectation.findings === undefined
  const more =
    saysVerdictAlone || expectation?.also === 'any'
      ? []
      : findings.filter((found) => !isAside(found) && !expected.some((wanted) => meets(found, wanted)))
  return {
    index: one.index,
    verdict: verdictOfCase(findings, expectation?.verdict),
    absent: expected.flatMap((wanted, index) => (findings.some((found) => meets(found, wanted)) ? [] : [index])),
    more: more.map(({ rule, path, kind, severity }): ExpectedFinding => ({
      rule: rule.id,
      path: formatPath(path),
      kind,
      ...(severity === 'error' ? {} : { severity }),
    })),
  }
}
