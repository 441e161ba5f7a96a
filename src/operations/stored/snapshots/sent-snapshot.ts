import type { ReadingTime } from '../../../document/reading-time.ts'
import { compareText } from '../../../model/order.ts'
import { isDataObject, type Data, type DataObject } from '../../../model/data.ts'
import { exactJson } from '../../../model/exact-json.ts'
import { maskSensitive } from '../../../model/masked.ts'
import { formatPath, formatPattern, type Path, type PathPattern } from '../../../model/path.ts'
import type { SnapshotDocument } from '../../../model/snapshot.ts'
import type { StoredSnapshot } from '../../../model/stored-snapshot.ts'
import { timeOf } from '../../../model/time.ts'
import { suggestion } from '../../../schema/did-you-mean.ts'
import { invalid, readSent, type ReadingOf, type Said } from './read-sent.ts'

/** A snapshot on its way into the store: what it says of itself, and what was seen without sensitive values. */
export interface SentSnapshot extends Omit<
  StoredSnapshot,
  'sequence' | 'observedAt' | 'receivedAt' | 'digest' | 'size' | 'by'
> {
  /** Absent: the server counts on. */
  readonly sequence?: number
  /** RFC 3339; absent: when it was received. */
  readonly observedAt?: string
  /** Where something is hidden, as paths from the root of its state, sorted. */
  readonly masked: readonly string[]
  /** What earlier applies set of objects. */
  readonly applied: NonNullable<SnapshotDocument['applied']>
  readonly state: DataObject
}

/** What decides how a snapshot is read. */
export interface Receiving extends ReadingOf {
  /** Of the address: counts where the snapshot names none. */
  readonly environment: string | undefined
  /** Those that the workspace knows. */
  readonly environments: readonly string[]
  /** Patterns of sensitive values, from the root of the tree. */
  readonly sensitive: readonly PathPattern[]
  /** Where the workspace puts what an observer sent. */
  readonly placesOf: (observer: string) => readonly Path[]
}

/** Makes a snapshot of what was sent. Throws a Fault BODY_INVALID with every problem. */
export async function sentSnapshot(sent: Data, receiving: Receiving, time: ReadingTime): Promise<SentSnapshot> {
  const said = await readSent(sent, receiving, time)
  const environment = environmentOf(said, receiving)
  const { state, masked } = hidden(said, receiving)
  const snapshot: SentSnapshot = {
    observer: said.observer,
    ...(said.sequence === undefined ? {} : { sequence: said.sequence }),
    ...(said.observedAt === undefined ? {} : { observedAt: said.observedAt }),
    ...(environment === undefined ? {} : { environment }),
    seen: said.seen,
    ...coversOf(said, environment, receiving),
    refused: said.refused.map(({ path, reason }) => ({ path: formatPattern(path), reason })),
    masked,
    applied: said.applied.map(({ at, by, fields }) => ({ at: formatPath(at), by, fields })),
    state,
  }
  storable(snapshot)
  return snapshot
}

/** The document of a snapshot as it is kept: JSON indented by two spaces, keys sorted, so that equal snapshots have equal texts. */
export function snapshotText(snapshot: SentSnapshot & Pick<StoredSnapshot, 'sequence' | 'observedAt'>): string {
  const { seen, refused, masked, applied, ...rest } = snapshot
  const document = {
    snapshot: 1,
    ...rest,
    ...(Object.keys(seen).length === 0 ? {} : { seen }),
    ...(refused.length === 0 ? {} : { refused }),
    ...(masked.length === 0 ? {} : { masked }),
    ...(applied.length === 0 ? {} : { applied }),
  }
  return `${exactJson(document, { indent: 2, sorted: true })}\n`
}

/** Who looked everywhere says so by saying nothing, unless the entry would then speak for it. */
function coversOf(
  { observer, covers }: Said,
  environment: string | undefined,
  { entryOf }: Receiving,
): Pick<SentSnapshot, 'covers'> {
  const isEverything = covers?.some((pattern) => pattern.length === 0) === true
  if (covers === undefined || (isEverything && entryOf(observer, environment)?.covers === undefined)) return {}
  return { covers: covers.map(formatPattern).sort(compareText) }
}

function environmentOf(
  { environment: own }: Said,
  { environment: asked, environments }: Receiving,
): string | undefined {
  const environment = own ?? asked
  if (environment === undefined) return undefined
  if (asked !== undefined && environment !== asked)
    throw invalid([
      { path: 'environment', message: `the snapshot is of \`${environment}\`, and the request is about \`${asked}\`` },
    ])
  if (environments.includes(environment)) return environment
  const known = environments.map((name) => `\`${name}\``).join(', ')
  const message = `there is no environment \`${environment}\`: expected one of ${known}${suggestion(environment, environments)}`
  throw invalid([{ path: 'environment', message }])
}

/** Hides what is sensitive wherever the workspace may put the state: rather too much than too little. */
function hidden(
  { observer, state, masked: own }: Said,
  { sensitive, placesOf }: Receiving,
): Pick<SentSnapshot, 'state' | 'masked'> {
  const paths = [...own]
  let shown = state
  for (const place of sensitive.length === 0 ? [] : placesOf(observer)) {
    const { data, masked } = maskSensitive(shown, sensitive, place)
    if (isDataObject(data)) shown = data
    paths.push(...masked)
  }
  return { state: shown, masked: [...new Set(paths.map(formatPattern))].sort(compareText) }
}

const longestName = 256

/** What a database cannot keep, or sort, is refused by name. */
function storable({ state: _, masked: __, applied: ___, ...about }: SentSnapshot): void {
  const { observer, observedAt } = about
  if (observer.length > longestName)
    throw invalid([
      { path: 'observer', message: `the name has ${observer.length} characters; at most ${longestName} are kept` },
    ])
  // As JSON writes both: not after a backslash that is one itself.
  if (/(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/.test(exactJson(about)))
    throw invalid([{ message: 'what a snapshot says of itself may hold neither NUL characters nor half characters' }])
  const time = observedAt === undefined ? 0 : timeOf(observedAt)
  if (!(time >= 0))
    throw invalid([{ path: 'observedAt', message: `\`${observedAt}\` lies before 1970, or is no time` }])
}
