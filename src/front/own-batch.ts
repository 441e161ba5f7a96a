import { setImmediate } from 'node:timers/promises'
import type { Subject } from '../model/access.ts'
import type { DataObject } from '../model/data.ts'
import { dataMap } from '../model/data-map.ts'
import { readingAtOnce, type ReadAtOnce } from '../operations/requested/asked-at-once.ts'
import { commonAtOnce, reportAtOnce } from '../operations/requested/lines-at-once.ts'
import { storedName, textIn } from '../operations/requested/sent-request.ts'
import { batchWithout } from './batch-without.ts'
import type { OwnAnswer, OwnRoute } from './connection.ts'
import { asksPlainly, type OwnDependencies } from './own-dependencies.ts'
import type { RequestHead } from './request-head.ts'

/** A batch with more is for the server, which reads it as it comes. */
const mostBytes = 1024 * 1024
const mostLines = 2000
/** More batches at a time are for the server, too. */
const mostAtATime = 32
const longestLine = 65_536
/** So long is worked on one batch before others have their turn. */
const sliceMs = 4

const newline = 0x0a
const nothing = dataMap([])

/** `POST /v1/check/batch`: answers the lines in which nothing is to be found, and passes on the batch without them. */
export function ownBatch(own: OwnDependencies): OwnRoute {
  const read = readingAtOnce()
  let inWork = 0
  return {
    mostBytes,
    answer: (head, body) => {
      const begun = own.now()
      const subject = inWork < mostAtATime ? asksPlainly(own, head, 'application/x-ndjson') : undefined
      const lines = subject && linesOf(body)
      if (subject === undefined || lines === undefined) return undefined
      inWork += 1
      return answered(own, { head, lines, subject, begun, read }).finally(() => (inWork -= 1))
    },
  }
}

interface Batch {
  readonly head: RequestHead
  readonly lines: readonly Buffer[]
  readonly subject: Subject
  readonly begun: number
  readonly read: ReadAtOnce
}

async function answered(own: OwnDependencies, batch: Batch): Promise<OwnAnswer> {
  const { head, lines, subject, begun, read } = batch
  const left: Buffer[] = []
  let hasLeft = false
  let written = ''
  let common: DataObject = nothing
  let slice = own.now()
  for (const [index, line] of lines.entries()) {
    const isCommon = index === 0 ? commonAtOnce(line) : undefined
    common = isCommon ?? common
    const report = isCommon === undefined && !isBlank(line) ? reportOf(own, { subject, read }, common, line) : undefined
    if (report !== undefined) written += `{"line":${index + 1},"report":${report}}\n`
    else if (isCommon === undefined && !isBlank(line)) hasLeft = true
    left.push(report === undefined ? line : empty)
    if (own.now() - slice < sliceMs) continue
    await setImmediate()
    slice = own.now()
  }
  // Where there is nothing to add, the server says all of it.
  if (written === '') return undefined
  const id = own.idOf(head.headers)
  const before = `${Buffer.byteLength(written).toString(16)}\r\n${written}\r\n`
  if (hasLeft) return { passOn: batchWithout(head, id, left), before }
  own.answered({ head, id, subject, route: '/v1/check/batch', operation: 'checkBatch', begun })
  return { answer: `${own.okHead(id, 'application/x-ndjson', own.date(own.clock()), {})}${before}0\r\n\r\n` }
}

const empty = Buffer.alloc(0)

function reportOf(
  own: OwnDependencies,
  { subject, read }: Pick<Batch, 'subject' | 'read'>,
  common: DataObject,
  line: Buffer,
): string | undefined {
  const asked = line.length > longestLine ? undefined : read(common, line)
  const stored = asked && storedName(asked.request)
  if (asked === undefined || stored === undefined || !own.access.may(subject, `check:${stored}`)) return undefined
  const known = own.known.about(stored, textIn(asked.request, 'environment'))
  return known && reportAtOnce(known, asked, own.clock())
}

/** The lines of a batch; undefined where there are too many. */
function linesOf(body: Buffer): readonly Buffer[] | undefined {
  const lines: Buffer[] = []
  let from = 0
  for (let at = body.indexOf(newline); at >= 0; at = body.indexOf(newline, from)) {
    if (lines.length === mostLines) return undefined
    lines.push(body.subarray(from, at))
    from = at + 1
  }
  if (from < body.length) lines.push(body.subarray(from))
  return lines
}

function isBlank(line: Buffer): boolean {
  return line.length < 16 && line.every((byte) => byte === 0x20 || byte === 0x0d || byte === 0x09)
}
