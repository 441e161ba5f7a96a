import { isUtf8 } from 'node:buffer'
import type { Document } from '../model/document.ts'
import { readDocuments } from './read.ts'
import { scanJson } from './json-scan.ts'
import { jsonValue } from './json-value.ts'

/**
 * The document of bytes that hold one JSON value, for whoever must be quick; undefined where anything is to be said about them, which is
 * then for `readDocuments` to say.
 */
export function readJsonDocument(file: string, bytes: Uint8Array): Document | undefined {
  if (!isUtf8(bytes) || bytes.includes(0)) return undefined
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString()
  const [slice, more] = scanJson(text)
  if (slice === undefined || more !== undefined || slice.tooDeepAt !== undefined) return undefined
  try {
    const { data, keys, unusableNumber } = jsonValue(text, slice)
    if (keys < slice.colons || unusableNumber !== undefined) return undefined
    return { file, index: 0, data, locate: locator(file, bytes) }
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/** Few documents are ever asked for a place: then they are read again. */
function locator(file: string, bytes: Uint8Array): Document['locate'] {
  let careful: Document | undefined
  return (pointer, target) => {
    careful ??= readDocuments(file, bytes, { format: 'json' }).documents[0]
    return careful?.locate(pointer, target) ?? { line: 1, column: 1 }
  }
}
