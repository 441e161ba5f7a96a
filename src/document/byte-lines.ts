/** A line of bytes, without its end; undefined where it was longer than it may be. */
export interface ByteLine {
  /** From 1. */
  readonly number: number
  readonly bytes: Uint8Array | undefined
}

const newline = 0x0a

/** The lines of a stream, those of one piece together, as they come; of a line that is too long nothing is kept, and it is told at once. The last one needs no end. */
export async function* byteLines(
  pieces: AsyncIterable<Uint8Array>,
  mostBytes: number,
): AsyncGenerator<readonly ByteLine[], void, undefined> {
  let lines: ByteLine[] = []
  let number = 0
  let begun: Uint8Array[] = []
  let length = 0
  const add = (bytes: Uint8Array): void => {
    const fitted = length <= mostBytes
    length += bytes.length
    if (length <= mostBytes) {
      if (bytes.length > 0) begun.push(bytes)
      return
    }
    begun = []
    if (fitted) lines.push({ number: ++number, bytes: undefined })
  }
  const end = (): void => {
    const [only] = begun
    const whole = only !== undefined && begun.length === 1 ? only : Buffer.concat(begun)
    if (length <= mostBytes) lines.push({ number: ++number, bytes: whole })
    begun = []
    length = 0
  }
  for await (const piece of pieces) {
    let from = 0
    for (let at = piece.indexOf(newline); at >= 0; at = piece.indexOf(newline, from)) {
      add(piece.subarray(from, at))
      end()
      from = at + 1
    }
    add(piece.subarray(from))
    if (lines.length > 0) yield lines
    lines = []
  }
  if (length > 0) end()
  if (lines.length > 0) yield lines
}
