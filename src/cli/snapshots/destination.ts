import { mkdir, open, readdir, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { Fault } from '../../errors.ts'
import { whyNotWritten } from '../../model/why-not-written.ts'
import { write, type Io } from '../io.ts'
import { writeWhole } from '../written-file.ts'

/** Where snapshots are written. */
export interface Destination {
  /** What is written there: a document over many lines, or one a line. */
  readonly layout: 'lines' | 'line'
  /** The sequence of the newest snapshot that stands there; what is not one of this observer is not overwritten. */
  last(observer: string): Promise<number | undefined>
  write(text: string, sequence: number): Promise<void>
}

/** `-` is standard output; a folder gets a file for each snapshot; a file is replaced, whole or not at all. */
export async function destinationOf(out: string, io: Io, isStream: boolean): Promise<Destination> {
  if (out === '-')
    return {
      layout: isStream ? 'line' : 'lines',
      last: async () => undefined,
      write: (text) => write(io.stdout, text),
    }
  const path = resolve(io.cwd, out)
  const existing = await stat(path).catch(() => undefined)
  return existing?.isDirectory() === true || /[/\\]$/.test(out) ? folder(path, out) : file(path, out)
}

function file(path: string, name: string): Destination {
  return {
    layout: 'lines',
    last: (observer) => sequenceIn(path, name, observer),
    write: (text) => writeWhole(path, text),
  }
}

function folder(path: string, name: string): Destination {
  return {
    layout: 'lines',
    last: async (observer) => {
      const names = await readdir(path).catch(() => [])
      const sequences = names.flatMap((one) => /^(\d{1,16})\.json$/.exec(one)?.[1] ?? []).map(Number)
      if (sequences.length === 0) return undefined
      const newest = `${Math.max(...sequences)}.json`
      return sequenceIn(join(path, newest), `${name.replace(/[/\\]$/, '')}/${newest}`, observer)
    },
    write: async (text, sequence) => {
      await mkdir(path, { recursive: true }).catch((error: unknown) => {
        throw new Fault('OUTPUT_FAILED', `\`${name}\` cannot be made: ${whyNotWritten(error)}`, { cause: error })
      })
      await writeWhole(join(path, `${sequence}.json`), text)
    },
  }
}

/** A snapshot begins with who reports and which: no more is read, as the rest may be large. */
const headBytes = 4096
const head = /^\s*\{\s*"snapshot":\s*1,\s*"observer":\s*("(?:[^"\\]|\\.)*"),\s*"sequence":\s*(\d{1,16})\b/

async function sequenceIn(path: string, name: string, observer: string): Promise<number | undefined> {
  const text = await beginning(path)
  if (text === undefined) return undefined
  const [, quoted, sequence] = head.exec(text) ?? []
  const other = quoted === undefined ? undefined : readText(quoted)
  if (other === observer) return Number(sequence)
  const what = other === undefined ? 'what is no snapshot' : `a snapshot of another observer, \`${other}\``
  throw new Fault('USAGE', `\`${name}\` holds ${what}, which is not overwritten: name another file, or remove it`)
}

/** The beginning of a file; undefined where there is none, or no file: a device, a pipe. */
async function beginning(path: string): Promise<string | undefined> {
  const existing = await stat(path).catch(() => undefined)
  if (existing?.isFile() !== true) return undefined
  const opened = await open(path).catch((error: unknown) => {
    throw new Fault('INPUT_NOT_FOUND', `\`${path}\` cannot be read: ${whyNotWritten(error)}`, { cause: error })
  })
  try {
    const { bytesRead, buffer } = await opened.read(Buffer.alloc(headBytes), 0, headBytes, 0)
    return buffer.toString('utf8', 0, bytesRead)
  } finally {
    await opened.close()
  }
}

function readText(quoted: string): string | undefined {
  try {
    return String(JSON.parse(quoted))
  } catch {
    return undefined
  }
}
