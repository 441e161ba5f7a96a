// A WebAssembly module with the exports of the real engine, assembled here byte by byte, that misbehaves on request:
// the first letter of `op` says how. It needs no Go and is 500 bytes long.

/** What the first letter of a request's `op` makes the module do; anything else is answered with the request itself. */
export const behaviours = {
  identity: 'i',
  spin: 's',
  trap: 't',
  memory: 'm',
  grow: 'g',
  recurse: 'r',
  unify: 'u',
  explain: 'e',
} as const

/** What it says it is. */
export const misbehavingIdentity = { protocol: 1, name: 'cue-go', cue: 'v0.0.0', go: 'go0' }

const pageBytes = 65_536
const mostPages = 64
const growth = 16

/** Bytes by which `grow` lets the memory grow. */
export const grownBytes = growth * pageBytes

const texts = {
  identity: { at: 0, text: JSON.stringify(misbehavingIdentity) },
  unify: { at: 256, text: '{"digest":"d","findings":[],"notes":[]}' },
  refusal: { at: 384, text: '{"refusal":"not today"}' },
  lastWords: { at: 512, text: 'fatal error: out of memory\n' },
} as const
const lastWordsPiece = 640
const written = 656
const request = 1024
/** Where the first letter of `op` stands in `{"op":"…"}`. */
const letter = request + 7

const i32 = 0x7f
const i64 = 0x7e

/** The module; with `identity`, one that says it is something else. */
export function misbehavingEngine(identity: object = misbehavingIdentity): Uint8Array {
  const functions = { fdWrite: 0, alloc: 1, call: 2, recurse: 3 }
  const answer = (start: number, length: number): number[] => [...const64(start * 2 ** 32 + length), op.return]
  const when = (what: keyof typeof behaviours, body: number[]): number[] => [
    ...[...const32(letter), op.load8, 0, 0],
    ...[...const32(behaviours[what].charCodeAt(0)), op.equal, op.if, op.void, ...body, op.end],
  ]
  const identityText = JSON.stringify(identity)
  const call = [
    ...when('identity', answer(texts.identity.at, identityText.length)),
    ...when('unify', answer(texts.unify.at, texts.unify.text.length)),
    ...when('explain', answer(texts.refusal.at, texts.refusal.text.length)),
    ...when('spin', [op.loop, op.void, op.branch, 0, op.end]),
    ...when('trap', [op.unreachable]),
    ...when('recurse', [...const32(0), op.call, functions.recurse, op.drop]),
    ...when('grow', [...const32(growth), op.grow, 0, op.drop]),
    ...when('memory', [
      ...[op.loop, op.void, ...const32(growth), op.grow, 0, ...const32(-1), op.notEqual, op.branchIf, 0, op.end],
      ...[2, lastWordsPiece, 1, written].flatMap(const32),
      ...[op.call, functions.fdWrite, op.drop, op.unreachable],
    ]),
    ...[...const64(request * 2 ** 32), op.get, 0, op.extend, op.or64],
  ]
  const recurse = [op.get, 0, op.call, functions.recurse, ...const32(1), op.add]
  const data = [
    { ...texts.identity, text: identityText },
    texts.unify,
    texts.refusal,
    texts.lastWords,
    { at: lastWordsPiece, text: String.fromCharCode(0, 2, 0, 0, texts.lastWords.text.length, 0, 0, 0) },
  ]
  return Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [signature([i32], [i32]), signature([i32], [i64]), signature([i32, i32, i32, i32], [i32])]),
    ...section(2, [[...name('wasi_snapshot_preview1'), ...name('fd_write'), 0, 2]]),
    ...section(3, [[0], [1], [0]]),
    ...section(5, [[1, 1, mostPages]]),
    ...section(7, [
      [...name('memory'), 2, 0],
      [...name('alloc'), 0, functions.alloc],
      [...name('call'), 0, functions.call],
    ]),
    ...section(10, [code(const32(request)), code(call), code(recurse)]),
    ...section(
      11,
      data.map(({ at, text }) => [0, ...const32(at), op.end, ...name(text)]),
    ),
  ])
}

const op = {
  unreachable: 0x00,
  loop: 0x03,
  if: 0x04,
  end: 0x0b,
  branch: 0x0c,
  branchIf: 0x0d,
  return: 0x0f,
  call: 0x10,
  drop: 0x1a,
  get: 0x20,
  load8: 0x2d,
  grow: 0x40,
  equal: 0x46,
  notEqual: 0x47,
  add: 0x6a,
  or64: 0x84,
  extend: 0xad,
  void: 0x40,
} as const

function const32(value: number): number[] {
  return [0x41, ...signed(BigInt(value))]
}

function const64(value: number): number[] {
  return [0x42, ...signed(BigInt(value))]
}

/** LEB128, signed. */
function signed(value: bigint): number[] {
  const low = Number(value & 0x7fn)
  const rest = value >> 7n
  const isLast = (rest === 0n && low < 0x40) || (rest === -1n && low >= 0x40)
  return isLast ? [low] : [low | 0x80, ...signed(rest)]
}

/** LEB128, unsigned. */
function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(Math.floor(value / 128))]
}

function section(id: number, entries: readonly number[][]): number[] {
  return [id, ...sized([...unsigned(entries.length), ...entries.flat()])]
}

function signature(parameters: number[], results: number[]): number[] {
  return [0x60, parameters.length, ...parameters, results.length, ...results]
}

function code(body: number[]): number[] {
  return sized([0, ...body, op.end])
}

function name(text: string): number[] {
  return sized([...Buffer.from(text, 'latin1')])
}

function sized(bytes: number[]): number[] {
  return [...unsigned(bytes.length), ...bytes]
}
