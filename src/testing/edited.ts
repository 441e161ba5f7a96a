import type { SourceFile, TextEdit } from '../engine/protocol.ts'

/** Files with some edits made; undefined where a file that is edited is not there, or its text is another than they were made for. */
export function edited(
  files: readonly SourceFile[],
  edits: readonly TextEdit[],
  original: (file: string) => string | undefined,
): readonly SourceFile[] | undefined {
  const names = new Set(edits.map(({ file }) => file))
  const fits = Array.from(names).every((name) =>
    files.some((file) => file.name === name && file.text === original(name)),
  )
  if (!fits) return undefined
  return files.map((file) => {
    const own = edits.filter((edit) => edit.file === file.name).toSorted((a, b) => b.start - a.start)
    return own.length === 0 ? file : { ...file, text: own.reduce(withEdit, file.text) }
  })
}

function withEdit(text: string, edit: TextEdit): string {
  return text.slice(0, edit.start) + edit.text + text.slice(edit.end)
}
