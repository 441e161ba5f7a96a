import type { Formatter } from './format.ts'
import { json } from './formatters/json.ts'
import { text } from './formatters/text.ts'

/** Every format of a report, by the name that `--format` takes. */
export const formatters = { text, json } as const satisfies Record<string, Formatter>

export type Format = keyof typeof formatters

/** The names of all formats. */
export const formats: readonly Format[] = ['text', 'json']
