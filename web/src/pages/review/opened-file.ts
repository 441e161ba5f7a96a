import { signal } from '@preact/signals'
import { go } from '../../address/address.ts'
import { pageAddress } from '../../address/lens.ts'
import type { Comparison } from './news.ts'

/** What `congruent review --format json` says beside the comparison. */
export interface ReviewInFile extends Omit<Comparison, 'faults'> {
  readonly workspace: string
  readonly reviewedAt: string
  readonly base: Side
  readonly head: Side
  readonly faults?: Comparison['faults']
}

interface Side {
  readonly ref: string
  readonly commit?: string
}

/** A file that the reader opened: a review, or why it is none. */
export interface OpenedFile {
  readonly name: string
  readonly review?: ReviewInFile
  readonly refused?: readonly string[]
}

/** The file that was opened last. Kept in this page alone: it is sent nowhere, and gone when the page is left. */
export const openedFile = signal<OpenedFile | undefined>(undefined)

/** No review that a person can read is larger. */
const mostBytes = 100_000_000
const mostProblems = 8

/** Opens a file and goes to what it says; of several, says that one is shown at a time. */
export async function openFiles(files: readonly File[]): Promise<void> {
  const [file, ...others] = files
  if (file === undefined) return
  openedFile.value =
    others.length === 0
      ? await read(file)
      : { name: `${files.length} files`, refused: ['one review is shown at a time: drop the one that is to be read'] }
  go(pageAddress('review/file'))
}

async function read(file: File): Promise<OpenedFile> {
  const { name, size } = file
  const refused = (...words: readonly string[]): OpenedFile => ({ name, refused: words })
  if (size > mostBytes)
    return refused(
      `it has ${size.toLocaleString('en')} bytes, and at most ${mostBytes.toLocaleString('en')} are read: review one environment alone, with \`-e\``,
    )
  try {
    const data: unknown = JSON.parse(await file.text())
    if (!isReview(data)) return refused(whatElse(data))
    if (data.review !== 1)
      return refused(
        `it is version ${JSON.stringify(data.review)} of a review, and version 1 is read here: write it with the version of this server`,
      )
    // Values that are nested beyond what can be written would fail while they are shown.
    JSON.stringify(data)
    // Only who opens a file needs what holds it against its schema.
    const { reviewProblems } = await import('./review-problems.ts')
    const problems = reviewProblems(data)
    if (problems.length > 0) return refused(...problems.slice(0, mostProblems), ...andMore(problems.length))
    // Held against its schema just now.
    return { name, review: data as object as ReviewInFile }
  } catch (error) {
    if (error instanceof SyntaxError) return refused(`it is no JSON: ${error.message}`)
    if (error instanceof RangeError) return refused('its values are nested too deeply')
    // So a browser answers for a folder, and for a file that was changed or removed since it was chosen.
    if (error instanceof DOMException)
      return refused('it cannot be read: it is a folder, or it was changed or removed meanwhile; drop the file itself')
    return refused(`it cannot be read: ${String(error)}`)
  }
}

function andMore(count: number): readonly string[] {
  return count > mostProblems ? [`and ${count - mostProblems} more`] : []
}

function isReview(data: unknown): data is { readonly review: unknown } {
  return typeof data === 'object' && data !== null && 'review' in data
}

function whatElse(data: unknown): string {
  const isReport = typeof data === 'object' && data !== null && 'findings' in data
  return isReport
    ? 'it is the report of a check, which says nothing of a change: `congruent review --base main --format json` does'
    : 'it has no member `review`, as `congruent review --format json` writes it'
}
