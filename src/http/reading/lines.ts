import { Fault } from '../../errors.ts'

const newline = 0x0a
/** A longer line is not blank; should it be, it is told that it is no document. */
const blank = 16

/** The lines of a body as they come, without blank ones; no line that is longer than `mostBytes` is ever held. Throws BODY_TOO_LARGE. */
export async function* bodyLines(bytes: AsyncIterable<Uint8Array>, mostBytes: number): AsyncGenerator<Uint8Array> {
  let held: Uint8Array[] = []
  let length = 0
  const hold = (piece: Uint8Array): void => {
    length += piece.length
    if (length > mostBytes) throw new Fault('BODY_TOO_LARGE', `a line is longer than ${mostBytes} bytes`)
    held.push(piece)
  }
  const taken = (): readonly Uint8Array[] => {
    const line = Buffer.concat(held, length)
    held = []
    length = 0
    return /\S/.test(line.toString('latin1', 0, blank)) || line.length > blank ? [line] : []
  }
  for await (const chunk of bytes) {
    let start = 0
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, start)) {
      hold(chunk.subarray(start, end))
      yield* taken()
      start = end + 1
    }
    hold(chunk.subarray(start))
  }
  yield* taken()
}
