import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { Fault } from '../errors.ts'
import { problemDocument } from './problem.ts'

const reasons: Readonly<Record<string, readonly [status: number, message: string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'the request did not arrive in time'],
  HPE_HEADER_OVERFLOW: [431, 'the headers of the request are larger than 16 KiB'],
}

/** Answers what is no HTTP request, or none that ever ends, and closes the connection. */
export function refuseConnection(error: { readonly code: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return
  const [status, message] = reasons[error.code] ?? [400, 'this is no HTTP request that can be read']
  const problem = { ...problemDocument(new Fault('QUERY_INVALID', message), ''), status, title: STATUS_CODES[status] }
  const body = JSON.stringify(problem)
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    'content-type: application/problem+json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ]
  if (socket.writable) socket.write(`${head.join('\r\n')}\r\n\r\n${body}`)
  socket.destroySoon()
}
