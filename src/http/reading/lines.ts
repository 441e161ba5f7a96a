import { Fault } from '../../errors.ts'

const newline = 0x0a

/** The lines of a body as they come, without empty ones; no line that is longer than `mostBytes` is ever held. Throws BODY_TOO_LARGE. */
export async function* bodyLines(bytes: AsyncIterable<Uint8Array>, mostBytes: number): AsyncGenerator<Uint8Array> {
  let held: Uint8Array[] = []
  let length = 0
  const take = (piece: Uint8Array): void => {
    length += piece.length
    if (length > mostBytes) throw new Fault('BODY_TOO_LARGE', `a line is longer than ${mostBytes} bytes`)
    held.push(piece)
  }
  for await (const chunk of bytes) {
    let start = 0
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, start)) {
      take(chunk.subarray(start, end))
      if (length > 0) yield Buffer.concat(held, length)
      held = []
      length = 0
      start = end + 1
    }
    take(chunk.subarray(start))
  }
  if (length > 0) yield Buffer.concat(held, length)
}
