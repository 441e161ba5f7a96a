import { byteLines } from '../../document/byte-lines.ts'
import { Fault } from '../../errors.ts'

/** A longer line is not blank; should it be, it is told that it is no document. */
const blank = 16

/** The lines of a body as they come, without blank ones; no line that is longer than `mostBytes` is ever held. Throws BODY_TOO_LARGE. */
export async function* bodyLines(bytes: AsyncIterable<Uint8Array>, mostBytes: number): AsyncGenerator<Uint8Array> {
  for await (const lines of byteLines(bytes, mostBytes)) {
    for (const { bytes: line } of lines) {
      if (line === undefined) throw new Fault('BODY_TOO_LARGE', `a line is longer than ${mostBytes} bytes`)
      if (line.length > blank || /\S/.test(Buffer.from(line).toString('latin1'))) yield line
    }
  }
}
