import { jsonTokens } from './json-tokens.ts'

/** Valid JSON text with each member and element on a line of its own; numbers, which may be longer than JavaScript's, stay as they are. */
export function indentedJson(json: string): string {
  let text = ''
  let depth = 0
  let before = ''
  for (const token of jsonTokens(json)) {
    const closes = token === '}' || token === ']'
    const isEmpty = closes && (before === '{' || before === '[')
    if (closes) depth -= 1
    if (!isEmpty && (closes || before === '{' || before === '[' || before === ',')) text += `\n${'  '.repeat(depth)}`
    text += token === ':' ? ': ' : token
    if (token === '{' || token === '[') depth += 1
    before = token
  }
  return `${text}\n`
}
