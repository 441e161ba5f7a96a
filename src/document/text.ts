import { isUtf8 } from 'node:buffer'

/** The text of a file, and which of its lines hold bytes that no text may hold. */
export interface FileText {
  readonly text: string
  /** By line, from 1, sorted: what is wrong with it. */
  readonly badLines: readonly BadLine[]
}

export interface BadLine {
  readonly line: number
  readonly message: string
}

/** Decodes UTF-8, with or without a byte order mark. Bytes that are not UTF-8 become U+FFFD and are told by line, as are NUL characters. */
export function decodeText(bytes: Uint8Array): FileText | { readonly refused: string } {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    return { refused: 'the file is encoded as UTF-16; UTF-8 is required' }
  }
  const text = new TextDecoder().decode(bytes)
  if (isUtf8(bytes) && !bytes.includes(0)) return { text, badLines: [] }
  return { text, badLines: badLines(bytes) }
}

function badLines(bytes: Uint8Array): BadLine[] {
  const found: BadLine[] = []
  for (let start = 0, line = 1; start < bytes.length; line++) {
    const newline = bytes.indexOf(0x0a, start)
    const end = newline < 0 ? bytes.length : newline
    const content = bytes.subarray(start, end)
    if (!isUtf8(content)) found.push({ line, message: 'the line holds bytes that are not UTF-8' })
    else if (content.includes(0)) found.push({ line, message: 'the line holds a NUL character' })
    start = end + 1
  }
  return found
}
