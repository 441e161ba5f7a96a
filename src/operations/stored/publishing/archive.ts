import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import { extract, type Header, pack } from 'tar-stream'
import { Fault } from '../../../errors.ts'
import { namedFiles } from './file-sets.ts'

/** How much an archive may unpack to. */
export interface ArchiveLimits {
  /** Of the archive itself, and of what is in it. */
  readonly mostBytes: number
  readonly mostEntries: number
}

/** Of an archive, and of a file set however it is sent. */
const archiveLimits: ArchiveLimits = { mostBytes: 64 * 1024 * 1024, mostEntries: 10_000 }

/**
 * The files of a tar.gz, by the names that they are kept by. Folders are passed over. Links, devices, names that lead out and what is larger than
 * the limits are a Fault ARCHIVE_INVALID; nothing is ever written to a disk.
 */
export async function readArchive(
  bytes: AsyncIterable<Uint8Array>,
  limits: ArchiveLimits = archiveLimits,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const files: [string, Uint8Array][] = []
  let entries = 0
  const archive = extract()
  archive.end(await unpacked(await collected(bytes, limits), limits))
  try {
    for await (const entry of archive) {
      const { header } = entry
      const bytes = await allOf(entry)
      entries += 1
      if (entries > limits.mostEntries) throw invalid(`holds more than ${limits.mostEntries} entries`)
      if (header.type === 'directory') continue
      refuseSpecial(header)
      files.push([header.name, bytes])
    }
  } catch (error) {
    throw error instanceof Fault ? error : invalid(`is no tar that can be read: ${wordsOf(error)}`, error)
  }
  if (files.length === 0) throw invalid('holds no file; to have no files, send `{"files": {}}` as JSON')
  return namedFiles(files, 'ARCHIVE_INVALID')
}

/** A tar.gz of files, sorted as given: equal files, equal bytes. */
export async function writeArchive(files: ReadonlyMap<string, Uint8Array>): Promise<Uint8Array> {
  const archive = pack()
  for (const [name, bytes] of files)
    archive.entry({ name, mode: 0o644, mtime: new Date(0), size: bytes.byteLength }, Buffer.from(bytes))
  archive.finalize()
  return promisify(gzip)(await allOf(archive))
}

async function allOf(stream: AsyncIterable<unknown>): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of stream) if (chunk instanceof Uint8Array) chunks.push(chunk)
  return Buffer.concat(chunks)
}

async function collected(bytes: AsyncIterable<Uint8Array>, { mostBytes }: ArchiveLimits): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of bytes) {
    size += chunk.byteLength
    if (size > mostBytes) throw invalid(`is larger than ${mostBytes} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

async function unpacked(packed: Uint8Array, { mostBytes }: ArchiveLimits): Promise<Buffer> {
  // A block is 512 bytes, an entry two blocks and more: names and padding count as well.
  const maxOutputLength = mostBytes * 2
  try {
    return await promisify(gunzip)(packed, { maxOutputLength })
  } catch (error) {
    const tooLarge = error instanceof RangeError
    throw invalid(tooLarge ? `unpacks to more than ${maxOutputLength} bytes` : `is no gzip: ${wordsOf(error)}`, error)
  }
}

function refuseSpecial({ type, name }: Header): void {
  if (type === 'file' || type === 'contiguous-file') return
  throw invalid(`has \`${name}\`, which is a ${type}: only files are taken`)
}

function invalid(what: string, cause?: unknown): Fault {
  return new Fault('ARCHIVE_INVALID', `the archive ${what}`, { cause })
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
