import { readDocuments } from '../../../document/read.ts'
import { Fault } from '../../../errors.ts'
import { isDataObject, type Data } from '../../../model/data.ts'
import { memberOf } from '../../../model/data-map.ts'
import { exactJson } from '../../../model/exact-json.ts'
import { maskSensitive } from '../../../model/masked.ts'
import { parsePath, type Path } from '../../../model/path.ts'
import type { StoredSnapshot } from '../../../model/stored-snapshot.ts'
import { timeOf } from '../../../model/time.ts'
import type { Tables } from '../../../store/store.ts'
import { snapshotText, type SentSnapshot } from './sent-snapshot.ts'

/** A snapshot that is in the store: since now, or since before. */
export interface Kept {
  readonly result: 'recorded' | 'same'
  readonly snapshot: StoredSnapshot
}

/** Who sends a snapshot, and when. */
export interface Receipt {
  readonly workspace: string
  readonly by: string
  readonly now: Date
  /** Whether a snapshot of the observer grows old, so that seeing the same again is news. */
  readonly ages: boolean
}

type KeepingTables = Pick<Tables, 'files' | 'snapshots'>

/**
 * Keeps a snapshot; in a transaction that holds the workspace. Where the server counts, what says the same as the observer's newest one is that one.
 * Answers a Fault SEQUENCE_REUSED where the sequence was used for something else.
 */
export async function keepSnapshot(tables: KeepingTables, sent: SentSnapshot, receipt: Receipt): Promise<Kept | Fault> {
  const { workspace, now } = receipt
  if (sent.sequence !== undefined)
    return keepNumbered(tables, { ...dated(sent, now), sequence: sent.sequence }, receipt)
  const newest = await tables.snapshots.newest(workspace, sent.environment, sent.observer)
  const next = { ...dated(sent, now), sequence: (newest?.sequence ?? 0) + 1 }
  const isNews = newest === undefined || (receipt.ages && sent.observedAt === undefined)
  if (isNews) return keepNumbered(tables, next, receipt)
  const before = await textOf(tables, workspace, newest)
  const lines = sent.observedAt === undefined ? /^ {2}"(?:observedAt|sequence)": .*\n/gm : /^ {2}"sequence": .*\n/gm
  const text = snapshotText(next)
  const isSame = before.replaceAll(lines, '') === text.replaceAll(lines, '')
  return isSame ? { result: 'same', snapshot: newest } : keepNumbered(tables, next, receipt, text)
}

type Numbered = SentSnapshot & Pick<StoredSnapshot, 'sequence' | 'observedAt'>

function dated(sent: SentSnapshot, now: Date): SentSnapshot & Pick<StoredSnapshot, 'observedAt'> {
  return { ...sent, observedAt: sent.observedAt ?? now.toISOString() }
}

async function keepNumbered(
  tables: KeepingTables,
  numbered: Numbered,
  { workspace, by, now }: Receipt,
  text = snapshotText(numbered),
): Promise<Kept | Fault> {
  const { state: _, masked: __, applied: ___, ...about } = numbered
  const { environment, observer, sequence } = about
  const known = await tables.snapshots.find(workspace, { environment, observer, sequence })
  if (known !== undefined) {
    if (saysTheSame(await textOf(tables, workspace, known), text)) return { result: 'same', snapshot: known }
    const reused = `sequence ${sequence} of \`${observer}\` was recorded with other content at ${known.receivedAt}`
    return new Fault('SEQUENCE_REUSED', `${reused}: what was seen later needs a later sequence`, {
      details: { observer, sequence, digest: known.digest },
    })
  }
  const bytes = Buffer.from(text)
  const snapshot: StoredSnapshot = {
    ...about,
    observedAt: new Date(timeOf(numbered.observedAt)).toISOString(),
    receivedAt: now.toISOString(),
    digest: await tables.files.put(workspace, bytes),
    size: bytes.length,
    by,
  }
  await tables.snapshots.record(workspace, snapshot)
  return { result: 'recorded', snapshot }
}

async function textOf({ files }: KeepingTables, workspace: string, { digest }: StoredSnapshot): Promise<string> {
  const bytes = await files.get(workspace, digest)
  if (bytes === undefined)
    throw new Fault('INTERNAL', `workspace \`${workspace}\`: the content \`${digest}\` is not in the store`)
  return Buffer.from(bytes).toString()
}

/** Whether two texts of a snapshot differ at most in what is hidden: the workspace may have named other paths when the first was kept. */
function saysTheSame(a: string, b: string): boolean {
  if (a === b) return true
  const documents = [documentOf(a), documentOf(b)]
  const masked = documents.flatMap(maskedIn)
  const [first, second] = documents.map((document) => {
    if (!isDataObject(document)) return undefined
    const { state = null, masked: _, ...rest } = document
    return exactJson({ ...rest, state: maskSensitive(state, masked).data }, { sorted: true })
  })
  return first !== undefined && first === second
}

function documentOf(text: string): Data {
  return readDocuments('snapshot', Buffer.from(text), { format: 'json' }).documents[0]?.data ?? null
}

function maskedIn(document: Data): readonly Path[] {
  const masked = memberOf(document, 'masked')
  return Array.isArray(masked) ? masked.map((path) => parsePath(String(path))) : []
}
