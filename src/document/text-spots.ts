import type { Position } from '../model/path.ts'

/** A place in a text file. */
export type Spot = Position

/** Tells line and column of offsets into the bytes of a UTF-8 text, each not before the one asked last; no more is decoded than lies between. */
export function textSpots(bytes: Uint8Array): { at(offset: number): Spot } {
  let known = 0
  let spot: Spot = { line: 1, column: 1 }
  return {
    at: (offset) => {
      // A piece at a time, so that no long text is made.
      for (; known < offset; known = endOfPiece(bytes, known, offset)) {
        const end = endOfPiece(bytes, known, offset)
        spot = spotAfter(spot, Buffer.from(bytes.buffer, bytes.byteOffset + known, end - known).toString())
      }
      return spot
    },
  }
}

/** The place behind a text that starts at a place. */
export function spotAfter({ line, column }: Spot, text: string, end = text.length): Spot {
  let lines = 0
  let start = 0
  for (let next = text.indexOf('\n'); next >= 0 && next < end; next = text.indexOf('\n', start)) {
    lines++
    start = next + 1
  }
  return { line: line + lines, column: lines === 0 ? column + end : end - start + 1 }
}

const pieceBytes = 2 ** 16

/** Never within the bytes of one character. */
function endOfPiece(bytes: Uint8Array, from: number, to: number): number {
  let end = Math.min(from + pieceBytes, to)
  while (end < to && ((bytes[end] ?? 0) & 0xc0) === 0x80) end++
  return end
}
