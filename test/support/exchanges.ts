import type { Socket } from 'node:net'

/** An answer without what differs from one to the next: the date, and identifiers that the server made. */
export interface Received {
  readonly head: string
  /** Lines of a batch in order, wherever they came in chunks. */
  readonly body: string
}

/** Sends a request, or several at once, in pieces, and reads as many answers as there are methods; fewer where the connection ends before. */
export async function exchange(
  socket: Socket,
  pieces: readonly Buffer[],
  methods: readonly string[],
): Promise<readonly Received[]> {
  let received = Buffer.alloc(0)
  let answers: readonly Received[] = []
  const answered = new Promise<void>((resolve) => {
    const hear = (bytes: Buffer): void => {
      received = Buffer.concat([received, bytes])
      answers = answersIn(received, methods)
      if (answers.length < methods.length) return
      socket.off('data', hear).off('close', resolve)
      resolve()
    }
    socket.on('data', hear).once('close', resolve)
  })
  // Whoever is not read any more is cut off.
  socket.on('error', () => undefined)
  for (const piece of pieces) {
    socket.write(piece)
    await new Promise((resolve) => setImmediate(resolve))
  }
  await answered
  return answers
}

function answersIn(bytes: Buffer, methods: readonly string[]): readonly Received[] {
  const answers: Received[] = []
  let at = 0
  while (answers.length < methods.length) {
    const end = bytes.indexOf('\r\n\r\n', at)
    if (end < 0) break
    const head = bytes.toString('latin1', at, end + 4)
    at = end + 4
    if (head.startsWith('HTTP/1.1 1')) continue
    const body = bodyAt(bytes, at, head, methods[answers.length] ?? '')
    if (body === undefined) break
    at += body.length
    answers.push({ head: withoutOwn(head), body: withoutOwn(body.text) })
  }
  return answers
}

interface Body {
  readonly text: string
  /** As it came, in bytes. */
  readonly length: number
}

function bodyAt(bytes: Buffer, from: number, head: string, method: string): Body | undefined {
  if (method === 'HEAD') return { text: '', length: 0 }
  if (/^transfer-encoding: chunked/im.test(head)) return chunksAt(bytes, from)
  const length = Number(/^content-length: (\d+)/im.exec(head)?.[1] ?? 0)
  return bytes.length < from + length ? undefined : { text: bytes.toString('utf8', from, from + length), length }
}

function chunksAt(bytes: Buffer, from: number): Body | undefined {
  const chunks: Buffer[] = []
  for (let at = from; ;) {
    const end = bytes.indexOf('\r\n', at)
    const size = Number.parseInt(bytes.toString('latin1', at, end), 16)
    if (end < 0 || bytes.length < end + size + 4) return undefined
    chunks.push(bytes.subarray(end + 2, end + 2 + size))
    at = end + size + 4
    if (size === 0) return { text: Buffer.concat(chunks).toString().split('\n').sort().join('\n'), length: at - from }
  }
}

/** A text without what differs from one answer to the next. */
export function withoutOwn(text: string): string {
  return text
    .replace(/^date: .*$/gim, 'date: …')
    .replace(/^(x-request-id: )(?:front|abcdefgh)-\w+/gm, '$1…')
    .replaceAll(/"request":"(?:front|abcdefgh)-\w+"/g, '"request":"…"')
    .replace(/^(content-length: )\d+/gim, '$1…')
}
