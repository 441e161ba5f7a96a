import { htmlText } from '../html/escape.ts'
import { printable } from '../printable.ts'

/** A text as a code span, whatever is in it: nothing there is a link, a mention, a reference or markup. */
export function markdownCode(text: string): string {
  const shown = printable(text)
  const longest = Math.max(0, ...Array.from(shown.matchAll(/`+/g), ([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  // Readers take one space off each end if both have one; a text of spaces alone is left as it is.
  const isPadded = /^`|`$|^ .* $/s.test(shown) && shown.trim() !== ''
  const inside = shown === '' ? ' ' : isPadded ? ` ${shown} ` : shown
  return `${fence}${inside}${fence}`
}

/** A text as prose if it is plain words, else as code: what could be markup, a mention (`@team`), a reference (`#1`) or a link is not. */
export function markdownProse(text: string): string {
  return /^[\p{L}\p{N}][\p{L}\p{M}\p{N} ,;.'()?/-]*$/u.test(text) && !/(?:^| )(?:GH|www)/i.test(text)
    ? text
    : markdownCode(text)
}

/** Markdown within a cell of a table. */
export function markdownCell(markdown: string): string {
  return markdown.replaceAll('|', String.raw`\|`)
}

/** A text as code within HTML, such as a `<summary>`, where markdown has no say. */
export function summaryCode(text: string): string {
  return `<code>${htmlText(text)}</code>`
}
