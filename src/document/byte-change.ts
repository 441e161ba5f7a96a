/** Where bytes differ from others: what stands before is equal, and so is what stands behind. */
export interface ByteChange {
  readonly start: number
  /** Behind the part that differs, in the bytes before and in those after. */
  readonly endBefore: number
  readonly endAfter: number
}

/** The one stretch outside which two texts are equal; undefined if they are equal. */
export function byteChange(before: Uint8Array, after: Uint8Array): ByteChange | undefined {
  const shorter = Math.min(before.length, after.length)
  const start = equalStart(before, after, shorter)
  if (start === shorter && before.length === after.length) return undefined
  const behind = equalEnd(before, after, shorter - start)
  return { start, endBefore: before.length - behind, endAfter: after.length - behind }
}

/** How many bytes are equal from the start on; halves of what is left are compared by the system, which is fast. */
function equalStart(a: Uint8Array, b: Uint8Array, most: number): number {
  let [low, high] = [0, most]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (Buffer.compare(a.subarray(low, middle), b.subarray(low, middle)) === 0) low = middle
    else high = middle - 1
  }
  return low
}

function equalEnd(a: Uint8Array, b: Uint8Array, most: number): number {
  let [low, high] = [0, most]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    const [left, right] = [a.subarray(a.length - middle, a.length - low), b.subarray(b.length - middle, b.length - low)]
    if (Buffer.compare(left, right) === 0) low = middle
    else high = middle - 1
  }
  return low
}
