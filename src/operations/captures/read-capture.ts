import { readDocuments } from '../../document/read.ts'
import { Fault } from '../../errors.ts'
import type { Capture } from '../../model/capture.ts'
import { exactJson } from '../../model/exact-json.ts'
import { parsePathTemplate, parsePattern } from '../../model/path.ts'
import type { Report } from '../../model/report.ts'
import { isTime } from '../../model/time.ts'
import { validateCapture, validateCapturedReport } from '../../schema/capture-validators.js'
import { schemaProblems } from '../../schema/problems.ts'
import type { Source } from '../../workspace/source.ts'
import type { CheckInput } from '../check.ts'
import { capturedCut } from './captured-state.ts'
import { capturedSource } from './captured-source.ts'
import { bytesOf } from './kept-source.ts'

/** What was captured, to be checked anew. */
export interface ReadCapture {
  /** The report of then. */
  readonly report: Report
  /** What gives it again; with another `source` the same observations are checked against other fragments. */
  readonly input: CheckInput & { readonly environments: readonly string[]; readonly now: Date }
  /** Values that nobody is to be told are not in the capture: what depends on them cannot be decided anew. */
  readonly masked: boolean
}

/** A capture as a file: equal captures, equal bytes. */
export function captureText(capture: Capture): string {
  return `${exactJson(capture, { indent: 1 })}\n`
}

/** Reads a capture. What is none, or holds what no workspace has, is a Fault ARCHIVE_INVALID; nothing is written to a disk. */
export function readCapture(name: string, bytes: Uint8Array): ReadCapture {
  const { documents, unreadable } = readDocuments(name, bytes, { format: 'json' })
  const data = documents[0]?.data ?? null
  const [problem] = unreadable.length > 0 ? unreadable : schemaProblems(validateCapture, data)
  if (problem !== undefined) throw noCapture(name, problem.message)
  // The schema has just been found to fit.
  const capture = data as unknown as Capture
  const [wrong] = schemaProblems(validateCapturedReport, capture.report as typeof data)
  if (wrong !== undefined) throw noCapture(name, `its report does not fit: ${wrong.message}`)
  const [flaw] = flawsOf(capture)
  if (flaw !== undefined) throw noCapture(name, flaw)
  // The schema has just been found to fit.
  const report = capture.report as Report
  return { report, input: inputOf(name, capture, report), masked: capture.states !== undefined }
}

/** What a schema cannot say. */
function flawsOf({ now, documents, states = {} }: Capture): readonly string[] {
  const { at, covers = [] } = documents?.override ?? {}
  const values = Object.values(states).flatMap(({ contested }) => contested.flatMap((one) => one.values))
  return [
    ...(isTime(now) && !Number.isNaN(Date.parse(now)) ? [] : [`\`now\` is \`${now}\`; required is a time`]),
    ...(documents === undefined && Object.keys(states).length === 0 ? ['it holds nothing observed'] : []),
    ...failure(() => (at === undefined ? undefined : parsePathTemplate(at, ['file', 'stem', 'index']))),
    ...(typeof covers === 'string' ? [] : covers.flatMap((pattern) => failure(() => parsePattern(pattern)))),
    ...values.flatMap((json) => failure((): unknown => JSON.parse(json))),
  ]
}

function failure(read: () => unknown): readonly string[] {
  try {
    read()
    return []
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)]
  }
}

function inputOf(name: string, capture: Capture, report: Report): ReadCapture['input'] {
  const { environments, failOn, team, partial, complete, workspace, documents, states } = capture
  const { given, stdin, override } = documents ?? {}
  return {
    source: capturedSource(name, workspace),
    observations: documents === undefined ? nothing : capturedSource(name, documents),
    environments,
    now: new Date(capture.now),
    failOn,
    engine: report.tool.engine.name,
    ...(team === undefined ? {} : { team }),
    ...(partial === undefined ? {} : { partial }),
    ...(complete === undefined ? {} : { complete }),
    ...(override === undefined ? {} : { override }),
    ...(stdin === undefined ? {} : { stdin: async () => ({ ok: true, bytes: bytesOf(stdin) }) }),
    ...(given === undefined
      ? {}
      : {
          files: given.map((one) => ({
            name: one.name,
            read: async () => ({ ok: true, bytes: bytesOf(one.content) }),
          })),
        }),
    ...(states === undefined
      ? {}
      : { cut: async (environment) => capturedCut(states[environment], environment, report) }),
  }
}

const nothing: Source = {
  name: 'capture',
  list: async () => [],
  read: async (name) => ({ ok: false, reason: 'absent', message: `\`${name}\` does not exist` }),
}

function noCapture(name: string, why: string): Fault {
  return new Fault('ARCHIVE_INVALID', `\`${name}\` is no capture: ${why}; \`congruent capture -o FILE\` writes one`)
}
