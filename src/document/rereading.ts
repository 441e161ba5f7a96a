import type { Data } from '../model/data.ts'
import { knownTexts } from './known-texts.ts'
import { readDocuments, readingOf } from './read.ts'
import { readLargeAgain } from './json-large-again.ts'
import { readLargeJson, type JsonSizes, type LargeJson } from './json-large.ts'
import { defaultMaxBytes } from './limits.ts'
import { unlimited, type ReadingTime } from './reading-time.ts'
import type { Reading, ReadOptions } from './reading.ts'

/** Reads files over and over: one that says the same gives the same documents, and of a large one that changed in one place only that is read. */
export interface Rereading {
  read(file: string, bytes: Uint8Array, options: ReadOptions, time?: ReadingTime): Reading
  /** Sorted JSON text of data, written once as long as there is room. */
  readonly write: (data: Data) => string
}

interface Known {
  readonly bytes: Uint8Array
  readonly reading: Reading
  readonly large?: LargeJson
}

const defaultMostBytes = 256 * 2 ** 20

/** Keeps the last reading of each file, up to a number of bytes; what was not read for longest is forgotten first. */
export function rereading(mostBytes = defaultMostBytes): Rereading {
  const known = new Map<string, Known>()
  let held = 0
  const forget = (key: string): void => {
    held -= known.get(key)?.bytes.length ?? 0
    known.delete(key)
  }
  return {
    write: knownTexts(),
    read: (file, bytes, options, time = unlimited) => {
      const key = JSON.stringify([file, options])
      const before = known.get(key)
      const now =
        before !== undefined && isSame(before.bytes, bytes) ? before : readAgain(before, file, bytes, options, time)
      forget(key)
      known.set(key, now)
      held += now.bytes.length
      for (const oldest of known.keys()) {
        if (held <= mostBytes) break
        forget(oldest)
      }
      return now.reading
    },
  }
}

/** A file that changes is taken apart from its first change on, into small groups, of which later changes concern few. */
const sizes: JsonSizes = { large: 2 ** 17, group: 2 ** 15 }

function readAgain(
  before: Known | undefined,
  file: string,
  bytes: Uint8Array,
  options: ReadOptions,
  time: ReadingTime,
): Known {
  const isWhole =
    before === undefined ||
    bytes.length < sizes.large ||
    options.format === 'yaml' ||
    bytes.length > (options.maxBytes ?? defaultMaxBytes)
  const large = isWhole ? undefined : time.spend(() => takenApart(before, bytes, time))
  if (large === undefined) return { bytes, reading: readDocuments(file, bytes, options, time) }
  return { bytes, large, reading: readingOf(file, large) }
}

function takenApart({ large }: Known, bytes: Uint8Array, time: ReadingTime): LargeJson | undefined {
  return (large === undefined ? undefined : readLargeAgain(large, bytes)) ?? readLargeJson(bytes, time, sizes)
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && Buffer.compare(a, b) === 0
}
