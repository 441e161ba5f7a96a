import { dataReading } from '../document/data-reading.ts'
import { readDocuments } from '../document/read.ts'
import { unlimited } from '../document/reading-time.ts'
import type { Reading, ReadOptions } from '../document/reading.ts'
import { Fault } from '../errors.ts'
import type { Document, Unreadable } from '../model/document.ts'
import type { Path } from '../model/path.ts'
import type { Note } from '../model/report.ts'
import { adapters, recognised } from './adapters/adapters.ts'
import type { Adapter, Reported } from './adapters/adapter.ts'
import { mistaken, seemsToBe } from './adapters/mistaken.ts'
import type { CachedRead, CutRequest, NamedFile } from './cut-request.ts'
import type { Input } from './inputs.ts'

/** A report with the place where its input puts it. */
export interface PlacedReport {
  readonly report: Reported
  readonly at: Path
}

/** What the files of one input hold. */
export interface InputReading {
  readonly input: Input
  readonly reports: readonly PlacedReport[]
  readonly unreadable: readonly Unreadable[]
  readonly notes: readonly Note[]
}

/** Documents that one adapter puts at one place. */
export interface DocumentGroup {
  readonly adapter: Adapter
  readonly at: Path
  readonly documents: Document[]
}

/** Reads the files of one input: documents as their adapters take them. A file that was named and is not there is a fault. */
export async function readGroups(
  input: Input,
  request: CutRequest,
): Promise<{
  readonly groups: readonly DocumentGroup[]
  readonly unreadable: readonly Unreadable[]
  readonly notes: readonly Note[]
}> {
  const read = await Promise.all(
    input.files.map(async (file) => {
      const one = await readFile(file, input, request)
      // Who sends to a server says what form it has, and is believed.
      return file.reported === undefined ? withoutMistaken(one, input) : one
    }),
  )
  return {
    groups: grouped(read, input),
    unreadable: read.flatMap((one) => one.reading.unreadable),
    notes: read.flatMap((one) => one.reading.notes),
  }
}

/** Reads the files of one input and hands their documents to its adapter. */
export async function readInput(input: Input, request: CutRequest): Promise<InputReading> {
  const read = await readGroups(input, request)
  const { time = unlimited, definitions = [] } = request
  const settings = definitions.length === 0 ? input.settings : { ...input.settings, definitions }
  const reports: PlacedReport[] = []
  const unreadable = [...read.unreadable]
  const notes = [...read.notes]
  for (const { adapter, at, documents } of read.groups) {
    const adapted = await adapter.adapt(documents, settings, time)
    reports.push(...adapted.reports.map((report) => ({ report, at })))
    unreadable.push(...adapted.unreadable)
    notes.push(...adapted.notes)
  }
  return { input, reports, unreadable, notes }
}

interface FileReading {
  readonly adapter: Adapter
  readonly reading: Reading
}

async function readFile(file: NamedFile, input: Input, request: CutRequest): Promise<FileReading> {
  if (input.adapter) {
    const adapter = adapters[input.adapter]
    return { adapter, reading: await readingOf(file, adapter.reading, request) }
  }
  const first = await readingOf(file, {}, request)
  const lenient = first.unreadable.length > 0 ? await readingOf(file, adapters.kubernetes.reading, request) : first
  const data = lenient.documents[0]?.data
  const adapter: Adapter = data === undefined ? adapters.plain : recognised(data)
  return { adapter, reading: await readingOf(file, adapter.reading, request) }
}

/** Leaves out documents of another form than the adapter's: of those it would say that everything is missing. */
function withoutMistaken({ adapter, reading }: FileReading, { said, at }: Input): FileReading {
  const documents: Document[] = []
  const unreadable = [...reading.unreadable]
  const notes = [...reading.notes]
  for (const document of reading.documents) {
    const { file, data } = document
    // Whoever gives plain data a place of its own means it as it stands.
    const isMeant = adapter.name === 'plain' && at.of(document).length > 0
    const message = isMeant ? undefined : mistaken(data, adapter.name)
    if (message !== undefined) {
      unreadable.push({ file, position: document.locate([]), message })
      continue
    }
    documents.push(document)
    const isUnsaid = adapter.name === 'plain' && said.adapter === undefined && !isMeant
    const doubt = isUnsaid ? seemsToBe(data) : undefined
    if (doubt !== undefined) notes.push({ code: 'form-unsaid', message: doubt, file, line: document.locate([]).line })
  }
  return { adapter, reading: { documents, unreadable, notes } }
}

async function readingOf(file: NamedFile, options: ReadOptions, request: CutRequest): Promise<Reading> {
  const { cache, files } = request
  const key = JSON.stringify([file.name, options])
  const readAnew = (): Promise<CachedRead> => {
    const pending = readBytes(file, options, request)
    cache?.set(key, pending)
    return pending
  }
  // Another environment's time may have been over.
  const read = await (cache?.get(key)?.catch(readAnew) ?? readAnew())
  if (read.ok) return read.reading
  if (files && (read.reason === 'absent' || read.reason === 'directory'))
    throw new Fault('INPUT_NOT_FOUND', read.message)
  return { documents: [], unreadable: [{ file: file.name, message: read.message }], notes: [] }
}

async function readBytes(file: NamedFile, options: ReadOptions, { time, rereading }: CutRequest): Promise<CachedRead> {
  time?.check()
  if (file.data !== undefined) return { ok: true, reading: dataReading(file.name, file.data) }
  const read = await file.read()
  if (!read.ok) return read
  const { bytes } = read
  return {
    ok: true,
    reading: rereading?.read(file.name, bytes, options, time) ?? readDocuments(file.name, bytes, options, time),
  }
}

function grouped(read: readonly FileReading[], { at }: Input): readonly DocumentGroup[] {
  const found = new Map<string, DocumentGroup>()
  for (const { adapter, reading } of read) {
    for (const document of reading.documents) {
      const place = at.of(document)
      const key = JSON.stringify([adapter.name, place])
      const group = found.get(key)
      if (group) group.documents.push(document)
      else found.set(key, { adapter, at: place, documents: [document] })
    }
  }
  return Array.from(found.values())
}
