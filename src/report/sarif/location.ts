import { isPackFile } from '../../model/pack.ts'
import type { FilePlace } from '../file-places.ts'

/** A place in a file as SARIF writes it: an encoded URI, relative to the checkout, and a region that counts from 1. */
export function physicalLocation({ file, line, column }: Pick<FilePlace, 'file' | 'line' | 'column'>): object {
  return {
    artifactLocation: artifactOf(file),
    ...(line === undefined
      ? {}
      : { region: { startLine: line, ...(column === undefined ? {} : { startColumn: column }) } }),
  }
}

function artifactOf(file: string): object {
  if (isAbsolute(file)) return { uri: `file://${file.startsWith('/') ? '' : '/'}${encoded(file)}` }
  // The name of a pack's file is a URI as it stands.
  return isPackFile(file) ? { uri: file } : { uri: encoded(file), uriBaseId: '%SRCROOT%' }
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
