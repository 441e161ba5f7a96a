import type { FilePlace } from '../file-places.ts'

/** A place in a file as SARIF writes it: an encoded URI, relative to the checkout, and a region that counts from 1. */
export function physicalLocation({ file, line, column }: Pick<FilePlace, 'file' | 'line' | 'column'>): object {
  return {
    artifactLocation: isAbsolute(file)
      ? { uri: `file://${file.startsWith('/') ? '' : '/'}${encoded(file)}` }
      : { uri: encoded(file), uriBaseId: '%SRCROOT%' },
    ...(line === undefined
      ? {}
      : { region: { startLine: line, ...(column === undefined ? {} : { startColumn: column }) } }),
  }
}

function isAbsolute(file: string): boolean {
  return /^(?:[A-Za-z]:)?\//.test(file)
}

/** Each label of a file's name percent-encoded; a lone surrogate, which has no bytes, is U+FFFD. */
function encoded(file: string): string {
  return file
    .split('/')
    .map((label) => encodeURIComponent(Buffer.from(label).toString()))
    .join('/')
}
