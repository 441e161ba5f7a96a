import type { Document } from '../model/document.ts'
import type { Note } from '../model/report.ts'
import { isJson, readJson } from './json.ts'
import { isLargeJson, readLargeJson, type LargeJson } from './json-large.ts'
import { largeJsonPlaces } from './json-large-places.ts'
import { defaultMaxBytes } from './limits.ts'
import type { Outcome } from './outcome.ts'
import { unlimited, type ReadingTime } from './reading-time.ts'
import type { Reading, ReadOptions } from './reading.ts'
import { decodeText } from './text.ts'
import type { FileText } from './text.ts'
import { readYaml } from './yaml.ts'

/**
 * The documents of a YAML or JSON file. Whatever cannot be read is told, never thrown, and costs itself only where the format allows;
 * a document's index counts the unreadable ones before it, not the empty ones.
 */
export function readDocuments(
  file: string,
  bytes: Uint8Array,
  options: ReadOptions = {},
  time: ReadingTime = unlimited,
): Reading {
  const limit = options.maxBytes ?? defaultMaxBytes
  if (bytes.length > limit) {
    return {
      documents: [],
      unreadable: [{ file, message: `the file has ${bytes.length} bytes; at most ${limit} are read` }],
      notes: [],
    }
  }
  const large = options.format === 'yaml' ? undefined : time.spend(() => largeJson(bytes, time))
  if (large) return readingOf(file, large)
  const text = decodeText(bytes)
  if ('refused' in text) return { documents: [], unreadable: [{ file, message: text.refused }], notes: [] }
  return time.spend(() => gather(file, outcomes(file, text, options, time)))
}

function outcomes(file: string, { text, badLines }: FileText, options: ReadOptions, time: ReadingTime): Outcome[] {
  const duplicateKeys = options.duplicateKeys ?? 'refuse'
  if (formatOf(file, text, options) === 'json') return readJson(file, text, badLines, duplicateKeys, time)
  return readYaml(
    file,
    text,
    badLines,
    { version: options.yaml ?? '1.2', duplicateKeys, mergeKeys: options.mergeKeys ?? 'note' },
    time,
  )
}

/** A large file of one JSON value, if there is nothing else to say about it. */
function largeJson(bytes: Uint8Array, time: ReadingTime): LargeJson | undefined {
  return isLargeJson(bytes) ? readLargeJson(bytes, time) : undefined
}

/** What a large file says: one document. */
export function readingOf(file: string, { bytes, data, container }: LargeJson): Reading {
  const places = largeJsonPlaces(bytes, container)
  const document: Document = {
    file,
    index: 0,
    data,
    locate: (pointer, target = 'value') => places(pointer, target),
  }
  return { documents: [document], unreadable: [], notes: [] }
}

/** JSON in a YAML file is read as JSON, which is the same and much faster; a name that tells nothing leaves it to the first character. */
function formatOf(file: string, text: string, options: ReadOptions): 'json' | 'yaml' {
  if (options.format) return options.format
  if (/\.(?:json|jsonl|ndjson)$/i.test(file)) return 'json'
  if (!/^\s*[{[]/.test(text)) return 'yaml'
  return isJson(text) || (!/\.ya?ml$/i.test(file) && isJson(firstLine(text))) ? 'json' : 'yaml'
}

function firstLine(text: string): string {
  return text.trimStart().split('\n', 1)[0] ?? ''
}

function gather(file: string, found: readonly Outcome[]): Reading {
  const documents = []
  const unreadable = []
  const notes: Note[] = []
  for (const outcome of found) {
    if (outcome.document) documents.push({ ...outcome.document, index: documents.length + unreadable.length })
    if (outcome.unreadable) unreadable.push(outcome.unreadable)
    notes.push(...(outcome.notes ?? []))
  }
  if (documents.length + unreadable.length === 0)
    notes.push({ code: 'no-document', message: 'the file holds no document', file })
  return { documents, unreadable, notes }
}
