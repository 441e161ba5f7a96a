import { parse, printParseErrorCode } from 'jsonc-parser'
import type { ParseError } from 'jsonc-parser'
import { jsonMembers } from './json-places.ts'

/** Why a text is not JSON, and where. */
export interface JsonProblem {
  readonly message: string
  readonly offset: number
}

const words: Readonly<Record<string, string>> = {
  InvalidSymbol: 'a word that JSON does not know',
  InvalidNumberFormat: 'a number that JSON does not know',
  PropertyNameExpected: 'a key in double quotes is required here',
  ValueExpected: 'a value is required here',
  ColonExpected: 'a colon is required here',
  CommaExpected: 'a comma is required here',
  CloseBraceExpected: 'a closing brace is required here',
  CloseBracketExpected: 'a closing bracket is required here',
  EndOfFileExpected: 'nothing may follow the value',
  InvalidCommentToken: 'JSON has no comments',
  UnexpectedEndOfComment: 'JSON has no comments',
  UnexpectedEndOfString: 'a string is not closed',
  UnexpectedEndOfNumber: 'a number is cut off',
  InvalidUnicode: 'an escape `\\u` needs four hexadecimal digits',
  InvalidEscapeCharacter: 'an escape that JSON does not know',
  InvalidCharacter: 'a control character must be written as an escape',
}

/** The first thing that is wrong with a text that is not JSON, and not deeper than the limit. */
export function jsonProblem(source: string): JsonProblem {
  const errors: ParseError[] = []
  parse(source, errors, { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false })
  const first = errors.reduce<ParseError | undefined>(
    (best, error) => (best && best.offset <= error.offset ? best : error),
    undefined,
  )
  if (!first) return { message: 'not valid JSON', offset: 0 }
  return {
    message: `not valid JSON: ${words[printParseErrorCode(first.error)] ?? 'something is wrong here'}`,
    offset: first.offset,
  }
}

/** A key that a map of the text says more than once: where before, and where again. */
export interface DuplicateKey {
  readonly key: string
  readonly before: number
  readonly again: number
}

/** Every repeated key of a valid JSON value that begins at `start`, sorted by where it stands again; iterative. */
export function duplicateKeys(text: string, start: number): DuplicateKey[] {
  const found: DuplicateKey[] = []
  const open = [start]
  for (let offset = open.pop(); offset !== undefined; offset = open.pop()) {
    const seen = new Map<string, number>()
    const isMap = text[offset] === '{'
    for (const { label, place } of jsonMembers(text, offset)) {
      const before = seen.get(label)
      if (isMap && before !== undefined) found.push({ key: label, before, again: place.key })
      seen.set(label, place.key)
      open.push(place.value)
    }
  }
  return found.sort((a, b) => a.again - b.again)
}
