// The binary format of WebAssembly, as far as rewriting a module's state needs it: sections in order, their numbers in
// LEB128, and the four sections that hold state (memory, globals, exports, data).

import { concat, createReader, signed, unsigned, vector } from './wasm-bytes.ts'

export interface Section {
  readonly id: number
  readonly body: Uint8Array
}

export interface Export {
  readonly name: string
  /** 0 function, 1 table, 2 memory, 3 global. */
  readonly kind: number
  readonly index: number
}

export type GlobalType = 'i32' | 'i64'

export const sectionIds = {
  custom: 0,
  function: 3,
  memory: 5,
  global: 6,
  export: 7,
  start: 8,
  code: 10,
  data: 11,
  dataCount: 12,
} as const

export const pageBytes = 65536

const header = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0)
const typeCodes = { i32: 0x7f, i64: 0x7e } as const
const constCodes = { i32: 0x41, i64: 0x42 } as const
const end = 0x0b

/** Takes a module apart. */
export function readSections(module: Uint8Array): Section[] {
  if (!header.every((byte, i) => module[i] === byte)) throw new Error('not a WebAssembly module of version 1')
  const reader = createReader(module, header.length)
  const sections: Section[] = []
  while (!reader.done()) {
    const id = reader.byte()
    sections.push({ id, body: reader.bytes(reader.unsigned()) })
  }
  return sections
}

/** Puts a module together. */
export function writeSections(sections: readonly Section[]): Uint8Array {
  return concat([header, ...sections.flatMap(({ id, body }) => [Uint8Array.of(id), unsigned(body.length), body])])
}

/** The types of a module's own globals. Go declares only mutable integers that begin at a constant; others are refused. */
export function readGlobalTypes(body: Uint8Array): GlobalType[] {
  const reader = createReader(body)
  return Array.from({ length: reader.unsigned() }, (_, index) => {
    const type = reader.byte() === typeCodes.i32 ? 'i32' : 'i64'
    const [mutable, code] = [reader.byte(), reader.byte()]
    reader.skipNumber()
    if (mutable !== 1 || code !== constCodes[type] || reader.byte() !== end) {
      throw new Error(`global ${index} is not a mutable integer that begins at a constant`)
    }
    return type
  })
}

/** Mutable globals that begin at the given values. */
export function writeGlobals(globals: readonly { readonly type: GlobalType; readonly value: bigint }[]): Uint8Array {
  return vector(
    globals.map(({ type, value }) =>
      concat([Uint8Array.of(typeCodes[type], 1, constCodes[type]), signed(value), Uint8Array.of(end)]),
    ),
  )
}

export function readExports(body: Uint8Array): Export[] {
  const reader = createReader(body)
  return Array.from({ length: reader.unsigned() }, () => ({
    name: new TextDecoder().decode(reader.bytes(reader.unsigned())),
    kind: reader.byte(),
    index: reader.unsigned(),
  }))
}

export function writeExports(exports: readonly Export[]): Uint8Array {
  return vector(
    exports.map(({ name, kind, index }) => {
      const text = new TextEncoder().encode(name)
      return concat([unsigned(text.length), text, Uint8Array.of(kind), unsigned(index)])
    }),
  )
}

/** One memory of so many pages, which can never grow beyond the maximum. */
export function writeMemory(pages: number, maximum: number): Uint8Array {
  return vector([concat([Uint8Array.of(1), unsigned(pages), unsigned(maximum)])])
}

/** Active data segments of the one memory: the given parts of its contents. */
export function writeData(
  contents: Uint8Array,
  runs: readonly { readonly start: number; readonly end: number }[],
): Uint8Array {
  return vector(
    runs.map((run) =>
      concat([
        Uint8Array.of(0, constCodes.i32),
        signed(BigInt.asIntN(32, BigInt(run.start))),
        Uint8Array.of(end),
        unsigned(run.end - run.start),
        contents.subarray(run.start, run.end),
      ]),
    ),
  )
}
