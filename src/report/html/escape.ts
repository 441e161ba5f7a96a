import { printable } from '../printable.ts'

/** A text as HTML's content or an attribute's value; what controls or reorders is shown as `\u{1b}`. */
export function htmlText(text: string): string {
  return printable(text).replaceAll(/[&<>"'`]/g, (character) => entities[character] ?? character)
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
}
