import type { RequestHead } from './request-head.ts'

/** The same request with other lines, under an identifier that holds for all of it. Lines that were answered are empty, so that the others keep their numbers. */
export function batchWithout({ lines: fields }: RequestHead, id: string, lines: readonly Buffer[]): Buffer {
  const body = Buffer.concat(lines.flatMap((line) => [line, newline]))
  const kept = fields.filter((field) => !/^(?:content-length|x-request-id):/i.test(field))
  const head = [...kept, `content-length: ${body.length}`, `x-request-id: ${id}`, '', ''].join('\r\n')
  return Buffer.concat([Buffer.from(head, 'latin1'), body])
}

const newline = Buffer.from('\n')
