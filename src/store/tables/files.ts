import { promisify } from 'node:util'
import { constants, deflateRaw, inflateRaw } from 'node:zlib'
import { compareText } from '../../model/order.ts'
import { sha256 } from '../../model/sha256.ts'
import { atomically, type Executor } from '../executor.ts'
import type { Files } from '../store.ts'

/** Bytes go in and out by the piece: a database holds a whole value several times over while it is on its way. */
const pieceBytes = 1024 * 1024
/** What is shorter is not worth it. */
const shortestDeflated = 512
/** Bytes that are fetched together. */
const bytesAtOnce = 4 * pieceBytes
/** Rows in one statement. */
const rowsAtOnce = 1_000

const deflate = promisify(deflateRaw)
const inflate = promisify(inflateRaw)

export function files(db: Executor): Files {
  return {
    put: (workspace, bytes) => putBytes(db, workspace, bytes),
    get: async (workspace, digest) => (await getBytes(db, workspace, [digest])).get(digest),
    getMany: (workspace, digests) => getBytes(db, workspace, digests),
    putSet: (workspace, named) =>
      atomically(db, async (tx) => {
        const digests: [string, string][] = []
        for (const name of [...named.keys()].sort(compareText))
          digests.push([name, await putBytes(tx, workspace, named.get(name) ?? new Uint8Array())])
        const digest = sha256(digests.map((file) => `${JSON.stringify(file)}\n`).join(''))
        await keepSet(tx, workspace, digest, digests)
        return { digest, files: Object.fromEntries(digests) }
      }),
    getSet: async (workspace, digest) => {
      const sets = db.selectFrom('file_sets').select('digest').where('workspace', '=', workspace)
      if ((await sets.where('digest', '=', digest).executeTakeFirst()) === undefined) return undefined
      const rows = await db
        .selectFrom('file_set_files')
        .select(['name', 'digest'])
        .where('workspace', '=', workspace)
        .where('file_set', '=', digest)
        .orderBy('name')
        .execute()
      return { digest, files: Object.fromEntries(rows.map((row) => [row.name, row.digest])) }
    },
  }
}

async function keepSet(
  tx: Executor,
  workspace: string,
  digest: string,
  named: readonly (readonly [name: string, digest: string])[],
): Promise<void> {
  const made = await tx
    .insertInto('file_sets')
    .values({ workspace, digest })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  if (made.numInsertedOrUpdatedRows !== 1n) return
  for (let at = 0; at < named.length; at += rowsAtOnce) {
    const rows = named
      .slice(at, at + rowsAtOnce)
      .map(([name, file]) => ({ workspace, file_set: digest, name, digest: file }))
    await tx.insertInto('file_set_files').values(rows).execute()
  }
}

async function putBytes(db: Executor, workspace: string, bytes: Uint8Array): Promise<string> {
  const digest = sha256(bytes)
  await atomically(db, async (tx) => {
    const made = await tx
      .insertInto('blobs')
      .values({ workspace, digest, size: bytes.byteLength })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    if (made.numInsertedOrUpdatedRows !== 1n) return
    for (let piece = 0; piece * pieceBytes < bytes.byteLength; piece++) {
      const part = bytes.subarray(piece * pieceBytes, (piece + 1) * pieceBytes)
      await tx
        .insertInto('blob_pieces')
        .values({ workspace, digest, piece, ...(await packed(part)) })
        .execute()
    }
  })
  return digest
}

async function packed(part: Uint8Array): Promise<{ readonly deflated: boolean; readonly bytes: Uint8Array }> {
  if (part.byteLength < shortestDeflated) return { deflated: false, bytes: part }
  const small = await deflate(part, { level: constants.Z_BEST_SPEED })
  return small.byteLength < part.byteLength ? { deflated: true, bytes: small } : { deflated: false, bytes: part }
}

async function getBytes(
  db: Executor,
  workspace: string,
  digests: readonly string[],
): Promise<ReadonlyMap<string, Uint8Array>> {
  const sizes = new Map<string, number>()
  for (const some of batches([...new Set(digests)], () => 1, rowsAtOnce)) {
    const query = db.selectFrom('blobs').select(['digest', 'size']).where('workspace', '=', workspace)
    for (const { digest, size } of await query.where('digest', 'in', some).execute()) sizes.set(digest, size)
  }
  const found = new Map([...sizes].map(([digest, size]) => [digest, new Uint8Array(size)]))
  const wanted = [...sizes].flatMap(([digest, size]) =>
    Array.from({ length: Math.ceil(size / pieceBytes) }, (_, piece) => ({ digest, piece, size })),
  )
  for (const some of batches(wanted, ({ size }) => Math.min(size, pieceBytes), bytesAtOnce)) {
    const rows = await db
      .selectFrom('blob_pieces')
      .select(['digest', 'piece', 'deflated', 'bytes'])
      .where('workspace', '=', workspace)
      .where((row) => row.or(some.map(({ digest, piece }) => row.and({ digest, piece }))))
      .execute()
    // Its workspace was deleted meanwhile.
    if (rows.length < some.length) return new Map()
    for (const { digest, piece, deflated, bytes } of rows) {
      const part = deflated ? await inflate(bytes, { maxOutputLength: pieceBytes }) : bytes
      found.get(digest)?.set(part, piece * pieceBytes)
    }
  }
  return found
}

/** Splits a list so that no part weighs more than the limit, single elements aside, or has more elements than a statement should. */
function* batches<T>(list: readonly T[], weight: (element: T) => number, limit: number): Generator<T[]> {
  let batch: T[] = []
  let sum = 0
  for (const element of list) {
    if (batch.length > 0 && (sum + weight(element) > limit || batch.length >= rowsAtOnce)) {
      yield batch
      batch = []
      sum = 0
    }
    batch.push(element)
    sum += weight(element)
  }
  if (batch.length > 0) yield batch
}
