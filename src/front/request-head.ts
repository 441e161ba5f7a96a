import type { HeaderFields } from '../http/access/loopback.ts'

/** The head of a request that is written as nearly all are. */
export interface RequestHead {
  readonly method: string
  readonly target: string
  /** By lower-case name; none stands twice. */
  readonly headers: HeaderFields & Readonly<Record<string, string>>
  /** Bytes of the body behind it. */
  readonly length: number
  /** Its lines as they came, without ends. */
  readonly lines: readonly string[]
}

const firstLine = /^(GET|HEAD|PUT|POST|DELETE) (\/[!-~]*) HTTP\/1\.1$/
const field = /^([A-Za-z][A-Za-z0-9-]*): *([!-~](?:[ -~]*[!-~])?)$/

/** Fields after which a request, or its answer, goes on otherwise than by its length. */
const special = ['transfer-encoding', 'expect', 'upgrade', 'proxy-connection', 'te', 'trailer', 'http2-settings']

/** Reads a head, without the empty line at its end; undefined where anything about it is unusual: then another must say what it means. */
export function plainHead(text: string): RequestHead | undefined {
  const lines = text.split('\r\n')
  const [, method, target] = firstLine.exec(lines[0] ?? '') ?? []
  if (method === undefined || target === undefined) return undefined
  const headers: Record<string, string> = Object.create(null)
  for (let index = 1; index < lines.length; index++) {
    const [, name = '', value = ''] = field.exec(lines[index] ?? '') ?? []
    const key = name.toLowerCase()
    if (key === '' || key in headers || special.includes(key)) return undefined
    headers[key] = value
  }
  const { connection, 'content-length': length = '0', host } = headers
  if (host === undefined || !/^\d{1,9}$/.test(length)) return undefined
  if (connection !== undefined && connection.toLowerCase() !== 'keep-alive') return undefined
  return { method, target, headers, length: Number(length), lines }
}

const mostKept = 500

/** The same for heads that come again and again. */
export function plainHeads(): typeof plainHead {
  const known = new Map<string, RequestHead>()
  return (text) => {
    const before = known.get(text)
    if (before !== undefined) return before
    const head = plainHead(text)
    if (known.size >= mostKept) known.clear()
    if (head !== undefined) known.set(text, head)
    return head
  }
}
