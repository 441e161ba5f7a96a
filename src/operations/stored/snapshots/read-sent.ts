import { dataReading } from '../../../document/data-reading.ts'
import type { ReadingTime } from '../../../document/reading-time.ts'
import { Fault } from '../../../errors.ts'
import { isDataObject, type Data, type DataObject } from '../../../model/data.ts'
import { dataMap, memberOf } from '../../../model/data-map.ts'
import type { Applied } from '../../../model/applied.ts'
import type { Document, Unreadable } from '../../../model/document.ts'
import {
  formatPath,
  parsePath,
  parsePattern,
  PathSyntaxError,
  type Path,
  type PathPattern,
} from '../../../model/path.ts'
import type { SentState } from '../../../model/sent-state.ts'
import type { ObservationEntry } from '../../../model/workspace.ts'
import type { Adapted, AdapterSettings, Refused, Reported } from '../../../observation/adapters/adapter.ts'
import { adapters } from '../../../observation/adapters/adapters.ts'
import { schemaProblems } from '../../../schema/problems.ts'
import { validateSentState, validateSnapshot, type Validator } from '../../../schema/validators.js'

/** What an observer said, whatever the form it was sent in; paths are from the root of its state. */
export interface Said extends Pick<SentState, 'observer' | 'sequence' | 'observedAt' | 'environment'> {
  readonly seen: Readonly<Record<string, number>>
  /** Absent: as the entry of the observer says when it is read, else everything. */
  readonly covers?: readonly PathPattern[]
  readonly refused: readonly Refused[]
  readonly masked: readonly Path[]
  readonly applied: readonly Applied[]
  readonly state: DataObject
}

/** What a workspace says of how an observer's words are read. */
export interface ReadingOf {
  /** Finds the entry that describes an observer. */
  readonly entryOf: (observer: string, environment: string | undefined) => ObservationEntry | undefined
  /** What is said of manifests of an environment, of which that entry may speak. */
  readonly manifestsOf: (
    environment: string | undefined,
    entry: ObservationEntry | undefined,
    time: ReadingTime,
  ) => Promise<AdapterSettings>
}

/** Reads a snapshot document, or state in a form that an adapter reads. Throws a Fault BODY_INVALID with every problem. */
export async function readSent(sent: Data, reading: ReadingOf, time: ReadingTime): Promise<Said> {
  return memberOf(sent, 'adapter') === undefined ? readDocument(sent, time) : readForm(sent, reading, time)
}

async function readDocument(sent: Data, time: ReadingTime): Promise<Said> {
  fitting(validateSnapshot, sent)
  const {
    state,
    identity,
    covers,
    refused = [],
    masked = [],
    applied = [],
  } = only(await adapters.snapshot.adapt(documentsOf('snapshot', [sent]), { lists: 'keyed' }, time))
  if (identity === undefined) throw invalid([{ message: 'the snapshot does not say who reports' }])
  return { ...identity, ...(covers && { covers }), refused, masked, applied, state: asMap(state) }
}

async function readForm(sent: Data, { entryOf, manifestsOf }: ReadingOf, time: ReadingTime): Promise<Said> {
  fitting(validateSentState, sent)
  // The schema was just asked.
  const form = sent as unknown as SentState
  const entry = entryOf(form.observer, form.environment)
  const settings =
    form.adapter === 'kubernetes' ? await manifestsOf(form.environment, entry, time) : { lists: 'keyed' as const }
  const report = only(await adapters[form.adapter].adapt(documentsIn(form, sent), settings, time))
  const at = parsed('at', form.at ?? '', parsePath)
  const below = (patterns: readonly PathPattern[]): readonly PathPattern[] =>
    patterns.map((pattern) => [...at, ...pattern])
  const { observer, sequence, observedAt, environment, seen = {}, refused = [] } = form
  return {
    observer,
    ...(sequence === undefined ? {} : { sequence }),
    ...(observedAt === undefined ? {} : { observedAt }),
    ...(environment === undefined ? {} : { environment }),
    seen,
    covers: below(coveredBy(form, entry, report)),
    refused: refused.map(({ path, reason }, index) => ({
      path: [...at, ...parsed(`refused[${index}].path`, path, parsePattern)],
      reason,
    })),
    masked: (report.masked ?? []).map((path) => [...at, ...path]),
    applied: (report.applied ?? []).map((applied) => ({ ...applied, at: [...at, ...applied.at] })),
    state: asMap(at.reduceRight<Data>((value, label) => dataMap([[label, value]]), report.state)),
  }
}

function documentsIn({ adapter, state, documents }: SentState, sent: Data): readonly Document[] {
  const isWhole = (state === undefined) !== (documents === undefined)
  if (adapter !== 'kubernetes' && (state === undefined || documents !== undefined))
    throw invalid([{ message: `the adapter \`${adapter}\` needs \`state\`, and takes no \`documents\`` }])
  if (!isWhole) throw invalid([{ message: 'the adapter `kubernetes` needs either `documents` or `state`' }])
  const listed = memberOf(sent, 'documents')
  return Array.isArray(listed)
    ? documentsOf('documents', listed)
    : documentsOf('state', [memberOf(sent, 'state') ?? null])
}

function documentsOf(name: string, data: readonly Data[]): readonly Document[] {
  return data.flatMap((one, index) => {
    const file = data.length === 1 ? name : `${name}[${index}]`
    return dataReading(file, one).documents.map((document) => ({ ...document, index }))
  })
}

/** The one report of an adapter that could read everything. */
function only({ reports, unreadable }: Adapted): Reported {
  const [report] = reports
  if (unreadable.length > 0 || report === undefined) throw invalid(unreadable.map(problemOf))
  return report
}

function problemOf({ file, message }: Unreadable): Problem {
  return { path: file, message }
}

function coveredBy(
  { adapter, covers: own }: SentState,
  entry: ObservationEntry | undefined,
  report: Reported,
): readonly PathPattern[] {
  const covers = own ?? (entry?.covers === 'kinds' && adapter !== 'kubernetes' ? 'all' : (entry?.covers ?? 'all'))
  if (covers === 'all') return [[]]
  if (covers === 'objects') return report.objects
  if (covers !== 'kinds') return covers.map((text, index) => parsed(`covers[${index}]`, text, parsePattern))
  if (report.kinds) return report.kinds
  throw invalid([{ path: 'covers', message: '`covers: kinds` is for the adapter `kubernetes`' }])
}

interface Problem {
  readonly path?: string
  readonly message: string
}

function fitting(validator: Validator, sent: Data): void {
  const problems = schemaProblems(validator, sent)
  if (problems.length === 0) return
  throw invalid(
    problems.map(({ pointer, message }) => ({
      ...(pointer.length === 0 ? {} : { path: formatPath(pointer) }),
      message,
    })),
  )
}

function parsed<T>(path: string, text: string, parse: (text: string) => T): T {
  try {
    return parse(text)
  } catch (error) {
    if (error instanceof PathSyntaxError) throw invalid([{ path, message: error.message }])
    throw error
  }
}

function asMap(state: Data): DataObject {
  if (isDataObject(state)) return state
  throw invalid([{ path: 'state', message: 'only a map can stand at the root' }])
}

const mostProblems = 50

/** A snapshot that cannot be kept, and why. */
export function invalid(problems: readonly Problem[]): Fault {
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : ''
  return new Fault('BODY_INVALID', `no snapshot: ${problems[0]?.message ?? 'nothing was read'}${more}`, {
    details: { problems: problems.slice(0, mostProblems) },
  })
}
