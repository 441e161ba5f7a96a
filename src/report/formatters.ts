import type { Formatter } from './format.ts'
import { github } from './formatters/github.ts'
import { html } from './formatters/html.ts'
import { json } from './formatters/json.ts'
import { junit } from './formatters/junit.ts'
import { markdown } from './formatters/markdown.ts'
import { sarif } from './formatters/sarif.ts'
import { text } from './formatters/text.ts'

/** Every format of a report, by the name that `--format` takes. */
export const formatters = {
  text,
  json,
  sarif,
  junit,
  github,
  markdown,
  html,
} as const satisfies Record<string, Formatter>

export type Format = keyof typeof formatters

/** The names of all formats. */
export const formats: readonly Format[] = ['text', 'json', 'sarif', 'junit', 'github', 'markdown', 'html']
