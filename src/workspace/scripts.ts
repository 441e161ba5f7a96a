import { parsePath } from '../model/path.ts'
import type { Claim } from './claims.ts'
import type { DataContribution } from './data-parts.ts'
import type { Source } from './source.ts'
import { eachOf, textReader } from './text-reader.ts'

/** Whether a fragment path names Starlark files. */
export function isScript(path: string): boolean {
  return /\.star$/i.test(path)
}

/** The Starlark files of a claim, which the engine runs: each is a part. */
export async function readScripts(
  { team, entry, files }: Claim,
  names: readonly string[],
  source: Source,
): Promise<DataContribution & { readonly missing: boolean }> {
  const readText = textReader(source)
  const read = await eachOf(names, async (file) => ({ file, text: await readText(file) }))
  const at = entry.at === undefined ? [] : parsePath(entry.at)
  return {
    parts: read.flatMap(({ file, text: found }) => {
      if (!found.ok) return []
      const part = { kind: 'starlark' as const, team, file, text: found.text }
      return [{ part: at.length === 0 ? part : { ...part, at } }]
    }),
    unreadable: read.flatMap(({ file, text: found }) => {
      if (found.ok || found.reason === 'absent') return []
      const { message, position } = found
      return [{ file, message, team, ...(position === undefined ? {} : { position }) }]
    }),
    notes: [],
    missing: files.size === 0 || read.some(({ text: found }) => !found.ok && found.reason === 'absent'),
  }
}
