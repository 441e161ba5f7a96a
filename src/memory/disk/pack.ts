import { createHmac, timingSafeEqual } from 'node:crypto'

// A pack is a file with the texts of one group: a line that says so, a seal, the length of the index, the index (a JSON list of keys and
// lengths), and the texts one behind the other. The seal is an HMAC of the pack's name and all that follows it, so that whoever does not
// know the secret can neither change a pack nor put one in the place of another.

const magic = Buffer.from('congruent memory 1\n')
const sealBytes = 32
const lengthBytes = 4
const headBytes = magic.length + sealBytes + lengthBytes

/** The most bytes of a pack. */
export const largestPack = 64 * 1024 * 1024

/** The texts of one group by their keys. */
export type Texts = ReadonlyMap<string, string>

/** Writes a pack. `name` is what it is to be found by: it cannot be read by another. */
export function writePack(texts: Texts, name: string, secret: Uint8Array): Buffer {
  const contents = Array.from(texts.values(), (text) => Buffer.from(text))
  const keys = Array.from(texts.keys())
  const index = Buffer.from(JSON.stringify(keys.map((key, position) => [key, contents[position]?.length ?? 0])))
  const head = Buffer.alloc(headBytes)
  magic.copy(head)
  head.writeUInt32BE(index.length, magic.length + sealBytes)
  const pack = Buffer.concat([head, index, ...contents])
  sealOf(pack, name, secret).copy(pack, magic.length)
  return pack
}

/** The texts of a pack that `wanted` names, by default all; undefined if it is not what `writePack` wrote under this name and secret. */
export function readPack(
  pack: Buffer,
  name: string,
  secret: Uint8Array,
  wanted?: ReadonlySet<string>,
): Texts | undefined {
  if (pack.length < headBytes || !pack.subarray(0, magic.length).equals(magic)) return undefined
  const seal = pack.subarray(magic.length, magic.length + sealBytes)
  if (!timingSafeEqual(seal, sealOf(pack, name, secret))) return undefined
  const start = headBytes + pack.readUInt32BE(magic.length + sealBytes)
  // Sealed by us: it is what we wrote.
  const index: readonly (readonly [string, number])[] = JSON.parse(pack.toString('utf8', headBytes, start))
  const texts = new Map<string, string>()
  let from = start
  for (const [key, length] of index) {
    if (wanted === undefined || wanted.has(key)) texts.set(key, pack.toString('utf8', from, from + length))
    from += length
  }
  return texts
}

function sealOf(pack: Buffer, name: string, secret: Uint8Array): Buffer {
  return createHmac('sha256', secret)
    .update(`${JSON.stringify(name)}\n`)
    .update(pack.subarray(magic.length + sealBytes))
    .digest()
}
