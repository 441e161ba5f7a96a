import { concat, createReader, unsigned } from './wasm-bytes.ts'
import { readSections, sectionIds, writeSections } from './wasm-sections.ts'

const name = new TextEncoder().encode('compilationHints')
const [whenFirstCalled, ahead] = [1, 2]

/**
 * The module with a custom section that tells V8 when to compile each function: those given ahead, side by side, and all
 * others when they are first called. Whoever does not know the section passes over it.
 */
export function withHints(module: Uint8Array, hot: readonly number[]): Uint8Array {
  const sections = readSections(module)
  const functions = sections.find(({ id }) => id === sectionIds.function)
  if (functions === undefined) throw new Error('the module has no functions')
  const hints = new Uint8Array(createReader(functions.body).unsigned()).fill(whenFirstCalled)
  for (const index of hot) hints[index] = ahead
  const body = concat([unsigned(name.length), name, unsigned(hints.length), hints])
  return writeSections(
    sections.flatMap((section) => (section === functions ? [section, { id: sectionIds.custom, body }] : [section])),
  )
}
