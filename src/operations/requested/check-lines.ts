import { setImmediate } from 'node:timers/promises'
import { byteLines, type ByteLine } from '../../document/byte-lines.ts'
import { Fault } from '../../errors.ts'
import { isDataObject, type DataObject } from '../../model/data.ts'
import { dataMap } from '../../model/data-map.ts'
import type { Report } from '../../model/report.ts'
import { checkSent, type RequestedDependencies, type RequestLimits } from './answers.ts'
import type { KnownAtOnce } from '../check-at-once.ts'
import { groupsOf, linesOf, type LineGroup } from './line-groups.ts'
import type { LinesAbout, LinesAtOnce } from './lines-at-once.ts'
import { mostLineBytes, requestOf, sentLine } from './sent-line.ts'
import { storedName, textIn, type SentRequest } from './sent-request.ts'
import { workAtATime } from './work-at-a-time.ts'

/** What one line of a batch comes to, or several lines: `{"line": 2, "report": …}`, each on a line of its own. */
export type CheckedLine =
  | { readonly line: number; readonly report: Report }
  | { readonly line: number; readonly error: unknown }
  | { readonly written: string }

/** A batch, and how it may be worked on. */
export interface LinesRequest {
  /** JSON, one request a line; the first may be `{"common": …}`: what the others say unless they say otherwise. */
  readonly lines: AsyncIterable<Uint8Array>
  readonly limits: RequestLimits
  /** Throws where the asker may not check what a line is about. */
  readonly allow: (sent: SentRequest) => void
}

/** What lines are checked with. */
export interface LinesDependencies extends RequestedDependencies {
  /** Answers lines in other threads; absent where this one is as good as any other. */
  readonly atOnce?: LinesAtOnce
}

/** So many lines are in work at a time, and so many groups of them; no more are read before some of these are done. */
const mostInWork = 32
const mostGroups = 8

/** Checks each line by itself, and tells them as they finish. Once the asker has left or the time is over nothing more is read. */
export async function* checkLines(
  dependencies: LinesDependencies,
  { lines, limits, allow }: LinesRequest,
): AsyncGenerator<readonly CheckedLine[], void, undefined> {
  const { atOnce } = dependencies
  let common: DataObject = dataMap([])
  let about: LinesAbout | undefined
  let done: CheckedLine[] = []
  const inWork = workAtATime(mostInWork)
  const groups = workAtATime(mostGroups)

  const answer = async ({ number, bytes }: ByteLine): Promise<void> => {
    try {
      const sent = sentLine(bytes)
      if (sent === undefined) return
      if ('common' in sent) {
        common = commonIn(sent, number)
        about = aboutCommon(common, allow)
        return
      }
      const request = requestOf(common, sent)
      allow(request)
      about = aboutOf(request, common) ?? about
      const checked = await checkSent(dependencies, request, limits)
      if ('report' in checked) done.push({ line: number, ...checked })
      else done.push({ written: `{"line":${number},"report":${checked.text}}\n` })
    } catch (error) {
      done.push({ line: number, error })
    }
  }
  const answerGroup = async ({ first, lines }: LineGroup, which: LinesAbout, by: LinesAtOnce): Promise<void> => {
    const now = dependencies.clock()
    const known = await knownOf(dependencies, which, now)
    const answered = known && (await by.answer({ ...which, known, first, lines, now, deadlineMs: limits.deadlineMs }))
    if (answered !== undefined && answered.written !== '') done.push({ written: answered.written })
    const left = answered?.left ?? lines.map((_, index) => first + index)
    for (const number of left) await inWork.begin(() => answer({ number, bytes: lines[number - first] }))
  }
  const taken = (): readonly CheckedLine[] => {
    const lines = done
    done = []
    return lines
  }
  for await (const some of byteLines(lines, mostLineBytes)) {
    for (const group of groupsOf(some)) {
      const which = about
      if (atOnce !== undefined && which !== undefined && 'lines' in group && group.lines.length >= fewestLines)
        await groups.begin(() => answerGroup(group, which, atOnce))
      else for (const line of linesOf(group)) await inWork.begin(() => answer(line))
    }
    if (limits.signal.aborted) return
    // Others have their turn between two pieces.
    await setImmediate()
    if (done.length > 0) yield taken()
  }
  while (groups.isAny() || inWork.isAny()) {
    await Promise.race([groups.oneDone(), inWork.oneDone()])
    if (done.length > 0) yield taken()
  }
  if (done.length > 0) yield taken()
}

/** Fewer lines are answered here as soon as elsewhere. */
const fewestLines = 8

async function knownOf(
  { newest, congruent }: LinesDependencies,
  { stored, environment }: LinesAbout,
  now: Date,
): Promise<KnownAtOnce | undefined> {
  try {
    const source = await newest(stored)
    const environments = environment === undefined ? {} : { environments: [environment] }
    return await congruent.knownAtOnce({ source, ...environments, now, entry: 'api' })
  } catch (error) {
    // Whoever checks a line says what is the matter.
    if (error instanceof Fault) return undefined
    throw error
  }
}

function aboutOf(request: SentRequest, common: DataObject): LinesAbout | undefined {
  const stored = storedName(request)
  return stored === undefined ? undefined : { stored, environment: textIn(request, 'environment'), common }
}

/** What is common may be another's, as long as every line says otherwise. */
function aboutCommon(common: DataObject, allow: LinesRequest['allow']): LinesAbout | undefined {
  try {
    allow(common)
    return aboutOf(common, common)
  } catch (error) {
    if (error instanceof Fault) return undefined
    throw error
  }
}

function commonIn({ common, ...others }: DataObject, number: number): DataObject {
  const [other] = Object.keys(others)
  if (number !== 1) throw new Fault('BODY_INVALID', '`common` is for the first line')
  if (other !== undefined) throw new Fault('BODY_INVALID', `\`common\` stands alone; \`${other}\` is beside it`)
  if (common !== undefined && isDataObject(common)) return common
  throw new Fault('BODY_INVALID', '`common` must be a map')
}
