import { setImmediate } from 'node:timers/promises'
import { byteLines, type ByteLine } from '../../document/byte-lines.ts'
import { readJsonDocument } from '../../document/json-document.ts'
import { readDocuments } from '../../document/read.ts'
import { Fault } from '../../errors.ts'
import { isDataObject, type Data, type DataObject } from '../../model/data.ts'
import { dataMap } from '../../model/data-map.ts'
import { formatPath } from '../../model/path.ts'
import type { Report } from '../../model/report.ts'
import { fitsSchema, schemaProblems } from '../../schema/problems.ts'
import { validateBatchLine } from '../../schema/batch-validators.js'
import { checkSent, type RequestedDependencies, type RequestLimits } from './answers.ts'
import type { SentRequest } from './sent-request.ts'

/** What one line of a batch comes to. */
export type CheckedLine =
  { readonly line: number; readonly report: Report } | { readonly line: number; readonly error: unknown }

/** A batch, and how it may be worked on. */
export interface LinesRequest {
  /** JSON, one request a line; the first may be `{"common": …}`: what the others say unless they say otherwise. */
  readonly lines: AsyncIterable<Uint8Array>
  readonly limits: RequestLimits
  /** Throws where the asker may not check what a line is about. */
  readonly allow: (sent: SentRequest) => void
}

const mostLineBytes = 8 * 1024 * 1024
/** So many lines are in work at a time; no more are read before some of these are done. */
const mostInWork = 32

/** Checks each line by itself, and tells them as they finish. Once the asker has left or the time is over nothing more is read. */
export async function* checkLines(
  dependencies: RequestedDependencies,
  { lines, limits, allow }: LinesRequest,
): AsyncGenerator<readonly CheckedLine[], void, undefined> {
  let common: DataObject = dataMap([])
  let done: CheckedLine[] = []
  const inWork = workAtATime(mostInWork)
  const answer = async ({ number, bytes }: ByteLine): Promise<void> => {
    try {
      const sent = sentIn(bytes)
      if (sent === undefined) return
      if ('common' in sent) {
        common = commonIn(sent, number)
        return
      }
      const request = dataMap([...Object.entries(common), ...Object.entries(sent)])
      allow(request)
      const report = await checkSent(dependencies, request, limits)
      done.push({ line: number, report })
    } catch (error) {
      done.push({ line: number, error })
    }
  }
  const taken = (): readonly CheckedLine[] => {
    const lines = done
    done = []
    return lines
  }
  for await (const some of byteLines(lines, mostLineBytes)) {
    for (const line of some) {
      inWork.begin(answer(line))
      if (inWork.isFull()) await inWork.oneDone()
    }
    if (limits.signal.aborted) return
    // Others have their turn between two pieces.
    await setImmediate()
    if (done.length > 0) yield taken()
  }
  while (inWork.isAny()) {
    await inWork.oneDone()
    if (done.length > 0) yield taken()
  }
  if (done.length > 0) yield taken()
}

interface WorkAtATime {
  begin(work: Promise<void>): void
  isFull(): boolean
  isAny(): boolean
  /** Resolves when some of the work is done. */
  oneDone(): Promise<void>
}

function workAtATime(most: number): WorkAtATime {
  let count = 0
  let told = (): void => undefined
  return {
    begin: (work) => {
      count += 1
      void work.finally(() => {
        count -= 1
        told()
      })
    },
    isFull: () => count >= most,
    isAny: () => count > 0,
    oneDone: () => new Promise((resolve) => (told = resolve)),
  }
}

/** The request of a line; undefined where the line is empty. */
function sentIn(bytes: Uint8Array | undefined): DataObject | undefined {
  if (bytes === undefined) throw new Fault('BODY_TOO_LARGE', `the line is longer than ${mostLineBytes} bytes`)
  if (bytes.every((byte) => byte === 0x20 || byte === 0x0d || byte === 0x09)) return undefined
  const quick = readJsonDocument('the line', bytes)
  if (quick !== undefined) return fitting(quick.data)
  const { documents, unreadable } = readDocuments('the line', bytes, { format: 'json' })
  const [document, another] = documents
  const [bad] = unreadable
  if (bad !== undefined) throw new Fault('BODY_INVALID', `the line cannot be read: ${bad.message}`)
  if (document === undefined || another !== undefined)
    throw new Fault('BODY_INVALID', `the line holds ${documents.length} documents; required is one`)
  return fitting(document.data)
}

function commonIn({ common, ...others }: DataObject, number: number): DataObject {
  const [other] = Object.keys(others)
  if (number !== 1) throw new Fault('BODY_INVALID', '`common` is for the first line')
  if (other !== undefined) throw new Fault('BODY_INVALID', `\`common\` stands alone; \`${other}\` is beside it`)
  if (common !== undefined && isDataObject(common)) return common
  throw new Fault('BODY_INVALID', '`common` must be a map')
}

function fitting(data: Data): DataObject {
  if (fitsSchema(validateBatchLine, data) && isDataObject(data)) return data
  const problems = schemaProblems(validateBatchLine, data).map(({ pointer, message }) => {
    const path = formatPath(pointer)
    return path === '' ? { message } : { path, message }
  })
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : ''
  const message = `the line is no request to check: ${problems[0]?.message ?? ''}${more}`
  throw new Fault('BODY_INVALID', message, { details: { problems: problems.slice(0, 50) } })
}
