import { Fault } from '../errors.ts'
import { whyNotWritten } from '../model/why-not-written.ts'
import type { SourceRead } from '../workspace/source.ts'

/** A stream that is written to; what of Node's streams the command line uses. */
export interface Output {
  write(text: string, done: (error?: Error | null) => void): unknown
  on(event: 'error', listener: (error: Error) => void): unknown
  readonly isTTY?: boolean
  readonly columns?: number
}

/** All of the world that the command line touches, beside files. */
export interface Io {
  readonly stdin: AsyncIterable<Uint8Array | string> & { destroy?(): unknown }
  readonly stdout: Output
  readonly stderr: Output
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  /** Aborted when the user wants an end: Ctrl-C. */
  readonly interrupted: AbortSignal
}

/** Writes a text and waits for it. A reader that went away is no fault: it has seen what it wanted. */
export function write(stream: Output, text: string): Promise<void> {
  if (text === '') return Promise.resolve()
  return new Promise((resolve, reject) => {
    stream.write(text, (error) => {
      if (!error || isClosedPipe(error)) resolve()
      else
        reject(
          new Fault('OUTPUT_FAILED', `standard output cannot be written: ${whyNotWritten(error)}`, { cause: error }),
        )
    })
  })
}

/** The longest input that is read, in bytes: as much as of a file in a workspace. */
export const mostBytes = 256 * 1024 * 1024

/** Everything on a stream; one that is longer than 256 MiB, or never ends, is refused. */
export async function readStream(stream: AsyncIterable<Uint8Array | string>, name: string): Promise<SourceRead> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of stream) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk
    length += bytes.length
    if (length > mostBytes) return { ok: false, reason: 'too-large', message: `\`${name}\` is larger than 256 MiB` }
    chunks.push(bytes)
  }
  return { ok: true, bytes: Buffer.concat(chunks, length) }
}

function isClosedPipe(error: Error): boolean {
  return 'code' in error && (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED')
}
