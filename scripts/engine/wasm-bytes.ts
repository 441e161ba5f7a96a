// Numbers and lists as WebAssembly's binary format writes them.

/** Reads the numbers and bytes of WebAssembly's binary format, one after the other. */
export function createReader(bytes: Uint8Array, start = 0) {
  let position = start
  const byte = (): number => {
    const value = bytes[position++]
    if (value === undefined) throw new Error('a WebAssembly section ends too early')
    return value
  }
  return {
    byte,
    done: () => position >= bytes.length,
    position: () => position,
    bytes: (length: number) => bytes.subarray(position, (position += length)),
    unsigned() {
      let value = 0
      for (let scale = 1; ; scale *= 128) {
        const part = byte()
        value += (part & 127) * scale
        if (part < 128) return value
      }
    },
    skipNumber() {
      while (byte() >= 128);
    },
  }
}

/** An unsigned number in LEB128. */
export function unsigned(value: number): Uint8Array {
  const bytes: number[] = []
  let rest = value
  do {
    const part = rest % 128
    rest = Math.floor(rest / 128)
    bytes.push(rest > 0 ? part + 128 : part)
  } while (rest > 0)
  return Uint8Array.from(bytes)
}

/** A signed number in LEB128. */
export function signed(value: bigint): Uint8Array {
  const bytes: number[] = []
  for (let rest = value; ;) {
    const part = Number(rest & 127n)
    rest >>= 7n
    const last = (rest === 0n && part < 64) || (rest === -1n && part >= 64)
    bytes.push(last ? part : part + 128)
    if (last) return Uint8Array.from(bytes)
  }
}

/** A list: how many, then each. */
export function vector(items: readonly Uint8Array[]): Uint8Array {
  return concat([unsigned(items.length), ...items])
}

/** One after the other. */
export function concat(parts: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(parts)
}
