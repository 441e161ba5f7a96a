import { apiHeaders, readableHeaders } from '../http/answer-headers.ts'

/** Writes the head of an answer with 200 as the server writes it; `body` says how long the body is, or how its end is told. */
export function okHeads(crossOrigin: boolean): (id: string, type: string, date: string, body: BodyHead) => string {
  const cors = crossOrigin ? `vary: Origin\r\naccess-control-expose-headers: ${readableHeaders.join(', ')}\r\n` : ''
  const own = Object.entries(apiHeaders).map(([name, value]) => `${name}: ${value}\r\n`)
  const begin = `HTTP/1.1 200 OK\r\n${cors}${own.join('')}x-request-id: `
  return (id, type, date, { length }) => {
    const [sized, chunked] =
      length === undefined ? ['', 'Transfer-Encoding: chunked\r\n'] : [`content-length: ${length}\r\n`, '']
    return `${begin}${id}\r\ncontent-type: ${type}\r\n${sized}Date: ${date}\r\nConnection: keep-alive\r\nKeep-Alive: timeout=72\r\n${chunked}\r\n`
  }
}

interface BodyHead {
  /** In bytes; absent where it comes in chunks. */
  readonly length?: number
}
