import { readArchive } from './archive.ts'
import { namedFiles } from './file-sets.ts'

/** A file set as it is sent: a tar.gz, or names and texts. */
export type SentFiles =
  | { readonly archive: AsyncIterable<Uint8Array> }
  | { readonly texts: readonly (readonly [name: string, text: string])[] }

/** The files under the names that they are kept by. Rejects with ARCHIVE_INVALID or BODY_INVALID. */
export async function filesSent(sent: SentFiles): Promise<ReadonlyMap<string, Uint8Array>> {
  if ('archive' in sent) return readArchive(sent.archive)
  return namedFiles(
    sent.texts.map(([name, text]) => [name, Buffer.from(text)] as const),
    'BODY_INVALID',
  )
}
