/** Where the answer to one request ends among the bytes of a connection. */
export interface AnswerEnd {
  /** Looks at what came next: `more` is to come, it is `done` with these bytes, or it is `open`, ending with the connection. */
  push(bytes: Buffer): 'more' | 'done' | 'open'
  /** The status, once the head is here. */
  readonly status: number | undefined
  /** How many bytes of the last piece belong to the head. */
  readonly headIn: number
}

const endOfHead = Buffer.from('\r\n\r\n')

/** Follows an answer that Node's server writes. */
export function answerEnd(isHead: boolean): AnswerEnd {
  let head: Buffer | undefined
  let status: number | undefined
  let headIn = 0
  let body: ((bytes: Buffer) => 'more' | 'done' | 'open') | undefined
  return {
    push: (bytes) => {
      if (body !== undefined) {
        headIn = 0
        return body(bytes)
      }
      const before = head?.length ?? 0
      head = head === undefined ? bytes : Buffer.concat([head, bytes])
      const end = head.indexOf(endOfHead)
      if (end < 0) {
        headIn = bytes.length
        return 'more'
      }
      const text = head.toString('latin1', 0, end)
      status = Number(text.slice(9, 12))
      headIn = end + endOfHead.length - before
      body = bodyOf(text, status, isHead)
      head = undefined
      return body(bytes.subarray(headIn))
    },
    get status() {
      return status
    },
    get headIn() {
      return headIn
    },
  }
}

function bodyOf(head: string, status: number, isHead: boolean): (bytes: Buffer) => 'more' | 'done' | 'open' {
  if (status < 200 || /\r\nconnection: *close/i.test(head)) return () => 'open'
  if (isHead || status === 204 || status === 304) return () => 'done'
  if (/\r\ntransfer-encoding: *chunked/i.test(head)) return chunks()
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1]
  if (length === undefined) return () => 'open'
  let left = Number(length)
  return (bytes) => {
    left -= bytes.length
    return left <= 0 ? 'done' : 'more'
  }
}

const newline = 0x0a

/** Chunks end with one of no bytes, and an empty line. */
function chunks(): (bytes: Buffer) => 'more' | 'done' {
  let line = ''
  let left = 0
  let isLast = false
  return (bytes) => {
    let at = 0
    while (at < bytes.length) {
      const skipped = Math.min(left, bytes.length - at)
      left -= skipped
      at += skipped
      const end = left > 0 ? -1 : bytes.indexOf(newline, at)
      if (left > 0) break
      line += bytes.toString('latin1', at, end < 0 ? bytes.length : end + 1)
      if (end < 0) break
      at = end + 1
      if (isLast) {
        if (line === '\r\n') return 'done'
      } else {
        const size = Number.parseInt(line, 16)
        isLast = size === 0
        // With the end of its line.
        if (!isLast) left = size + 2
      }
      line = ''
    }
    return 'more'
  }
}
