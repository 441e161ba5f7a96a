import { printable } from './printable.ts'

/** An element with attributes, those that are undefined left out, and its content, already written. */
export function xmlElement(
  name: string,
  attributes: Readonly<Record<string, string | number | undefined>>,
  content?: string,
): string {
  const given = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${xmlText(String(value))}"`],
  )
  return content === undefined ? `<${name}${given.join('')}/>` : `<${name}${given.join('')}>${content}</${name}>`
}

/** A text as content or as an attribute's value. XML has no way to write most control characters: they are shown as `\u{1b}`. */
export function xmlText(text: string): string {
  return text
    .split('\n')
    .map((line) => printable(line).replaceAll(/[&<>"']/g, (character) => entities[character] ?? character))
    .join('&#10;')
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
