import { readDocuments } from '../../document/read.ts'
import { toJson } from '../../document/to-json.ts'
import { appliedFields } from '../../model/applied.ts'
import type { CapturedState } from '../../model/capture.ts'
import { isDataObject, type Data } from '../../model/data.ts'
import { dataMap } from '../../model/data-map.ts'
import type { Finding } from '../../model/finding.ts'
import { maskSensitive } from '../../model/masked.ts'
import { comparePath } from '../../model/order.ts'
import type { PathPattern } from '../../model/path.ts'
import type { Report } from '../../model/report.ts'
import type { Cut, CutProblem } from '../../observation/cut.ts'

/** What a cut says, with every value at a sensitive path hidden. `text` hides them in words. */
export function capturedState(
  { observed, applied }: Pick<Cut, 'observed' | 'applied'>,
  sensitive: readonly PathPattern[],
  text: (words: string) => string,
): CapturedState {
  const hidden = maskSensitive(observed.state, sensitive)
  const paths = [...observed.masked, ...hidden.masked].map((path) => [JSON.stringify(path), path] as const)
  return {
    state: hidden.data,
    coverage: observed.coverage.map((one) => ({
      ...one,
      ...(one.reason === undefined ? {} : { reason: text(one.reason) }),
    })),
    contested: observed.contested.map((one) => ({
      ...one,
      values: one.values.map((json) => toJson(maskSensitive(dataOf(json), sensitive, one.path).data, { sorted: true })),
    })),
    masked: [...new Map(paths).values()].sort(comparePath),
    ...(applied.length === 0 ? {} : { applied: applied.map((one) => ({ ...one, by: text(one.by) })) }),
  }
}

/** The cut that was captured: the state as it was kept, and of the rest what the report of then tells; of an environment that was not captured, nothing. */
export function capturedCut(captured: CapturedState | undefined, environment: string, report: Report): Cut {
  const { state, coverage = [], contested = [], masked = [], applied = [] } = captured ?? {}
  // It was read as data, with exact numbers.
  const data = (state ?? null) as Data
  const own = report.findings.filter((finding) => finding.environment === environment)
  return {
    observed: { state: isDataObject(data) ? data : dataMap([]), coverage, contested, masked },
    snapshots: report.environments.find(({ name }) => name === environment)?.snapshots ?? [],
    observe: () => [],
    // It was read as data.
    applied: applied.map(({ at, by, fields }) => ({ at, by, fields: appliedFields(fields as Data) ?? {} })),
    secrets: [],
    problems: own.flatMap(problemOf),
    notes: [],
    holdsUntil: Infinity,
  }
}

/** What was wrong with the documents themselves. */
function problemOf({ kind, path, message, observations, rule, conjuncts }: Finding): readonly CutProblem[] {
  if (conjuncts.length > 0 || rule.id !== `congruent:${kind}`) return []
  return kind === 'unreadable' || kind === 'unobserved' ? [{ kind, path, message, observations }] : []
}

function dataOf(json: string): Data {
  const [document] = readDocuments('values', Buffer.from(json), { format: 'json' }).documents
  return document?.data ?? null
}
