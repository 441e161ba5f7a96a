import { once } from 'node:events'
import { connect } from 'node:net'

/** One answer, whole. */
export interface Answer {
  readonly status: number
  readonly body: string
}

/** A connection over which requests go one after another. */
export interface Connection {
  /** Sends a request and awaits its answer; rejects where the connection ends before. */
  ask(request: Buffer): Promise<Answer>
  close(): void
}

/**
 * Opens a connection that costs next to nothing: what one machine has for the client it does not have for the server, and what a
 * client of many features takes for a request is as much as the servers that are measured take.
 */
export async function openConnection(host: string, port: number): Promise<Connection> {
  const socket = connect({ host, port, noDelay: true })
  await once(socket, 'connect')
  let pending: { readonly resolve: (answer: Answer) => void; readonly reject: (error: Error) => void } | undefined
  let came: Buffer = Buffer.alloc(0)
  const fail = (error: Error): void => {
    pending?.reject(error)
    pending = undefined
  }
  socket.on('data', (chunk) => {
    came = came.length === 0 ? chunk : Buffer.concat([came, chunk])
    const found = answerIn(came)
    if (found === undefined) return
    came = came.subarray(found.length)
    const { resolve } = pending ?? {}
    pending = undefined
    resolve?.(found)
  })
  socket.on('error', fail)
  socket.on('close', () => fail(new Error('the server closed the connection')))
  return {
    ask: (request) =>
      new Promise((resolve, reject) => {
        pending = { resolve, reject }
        socket.write(request)
      }),
    close: () => socket.destroy(),
  }
}

/** A POST over a connection that stays. */
export function requestBytes(host: string, path: string, type: string, body: string): Buffer {
  const head = `POST ${path} HTTP/1.1\r\nhost: ${host}\r\ncontent-type: ${type}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n`
  return Buffer.from(head + body)
}

/** The answer at the start of some bytes, and how many they are; undefined while it is not whole. */
function answerIn(bytes: Buffer): (Answer & { readonly length: number }) | undefined {
  const end = bytes.indexOf('\r\n\r\n')
  if (end < 0) return undefined
  const head = bytes.toString('latin1', 0, end)
  const status = Number(head.slice(9, 12))
  const start = end + 4
  const given = /\r\ncontent-length: (\d+)/i.exec(head)?.[1]
  if (given === undefined) return chunked(bytes, start, status)
  const length = start + Number(given)
  return bytes.length < length ? undefined : { status, body: bytes.toString('utf8', start, length), length }
}

function chunked(bytes: Buffer, start: number, status: number): (Answer & { readonly length: number }) | undefined {
  // Whole only with its last, empty chunk: until that has come nothing is taken apart.
  if (bytes.toString('latin1', Math.max(start, bytes.length - 5)) !== '0\r\n\r\n') return undefined
  const parts: string[] = []
  for (let at = start; ;) {
    const line = bytes.indexOf('\r\n', at)
    const size = Number.parseInt(bytes.toString('latin1', at, line), 16)
    if (size === 0) return { status, body: parts.join(''), length: line + 4 }
    parts.push(bytes.toString('utf8', line + 2, line + 2 + size))
    at = line + 2 + size + 2
  }
}
