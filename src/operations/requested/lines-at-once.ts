import { readJsonDocument } from '../../document/json-document.ts'
import { Fault } from '../../errors.ts'
import type { DataObject } from '../../model/data.ts'
import { fitsSchema } from '../../schema/problems.ts'
import { validateBatchLine } from '../../schema/batch-validators.js'
import { isDataObject } from '../../model/data.ts'
import { judgesFlatAtOnce, writtenAtOnce, writtenFlatAtOnce, type KnownAtOnce } from '../check-at-once.ts'
import type { AskedAtOnce } from './asked-at-once.ts'
import { momentIn, snapshotsIn, storedName, textIn } from './sent-request.ts'
import { sentSnapshots } from './sent-snapshots.ts'

/** What lines of a batch are about, of which it is known that who asks may. */
export interface LinesAbout {
  /** The name of a stored workspace, and an environment of it where one is named. */
  readonly stored: string
  readonly environment: string | undefined
  readonly common: DataObject
}

/** Lines of a batch that follow one another. */
export interface LinesQuestion extends LinesAbout {
  readonly known: KnownAtOnce
  /** The number of the first of them. */
  readonly first: number
  readonly lines: readonly Uint8Array[]
  readonly now: Date
  /** Milliseconds that it may take. */
  readonly deadlineMs: number
}

/** What was answered at once, and what was not. */
export interface LinesAnswer {
  /** `{"line": 2, "report": …}`, each on a line of its own. */
  readonly written: string
  /** Numbers of the lines for which the whole way must be gone. */
  readonly left: readonly number[]
}

/** Answers lines of a batch beside the thread that got them. Whatever goes wrong, a line is left; it is never answered otherwise than by the whole way. */
export interface LinesAtOnce {
  answer(question: LinesQuestion): Promise<LinesAnswer>
}

/** The report of one line as JSON text, where it is about the same workspace and all is known; undefined where the whole way must be gone. */
export function lineAtOnce(
  { stored, environment }: Pick<LinesAbout, 'stored' | 'environment'>,
  known: KnownAtOnce,
  line: AskedAtOnce,
  now: Date,
): string | undefined {
  const { request } = line
  if (storedName(request) !== stored || textIn(request, 'environment') !== environment) return undefined
  return reportAtOnce(known, line, now)
}

/** What the first line of a batch says that all have in common; undefined where it says anything else. */
export function commonAtOnce(line: Uint8Array): DataObject | undefined {
  const document = readJsonDocument('the line', line)
  if (document === undefined || !isDataObject(document.data) || !fitsSchema(validateBatchLine, document.data))
    return undefined
  const { common, ...others } = document.data
  return common !== undefined && isDataObject(common) && Object.keys(others).length === 0 ? common : undefined
}

/** The report on a request about a workspace of which all is known, as JSON text; undefined where the whole way must be gone. */
export function reportAtOnce(
  known: KnownAtOnce,
  { request, state, whole }: AskedAtOnce,
  now: Date,
): string | undefined {
  try {
    const moment = momentIn(request)
    if (moment !== undefined && known.exempts) return undefined
    if (state !== undefined && judgesFlatAtOnce(known))
      return writtenFlatAtOnce(known, sentSnapshots(snapshotsIn(request)), state, moment ?? now)
    const all = whole()
    return all && writtenAtOnce(known, sentSnapshots(snapshotsIn(all)), moment ?? now)
  } catch (error) {
    // What is wrong with it the whole way says.
    if (error instanceof Fault) return undefined
    throw error
  }
}
