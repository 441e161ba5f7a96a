import type { Formatter } from './format.ts'
import { azure } from './formatters/azure.ts'
import { github } from './formatters/github.ts'
import { gitlab } from './formatters/gitlab.ts'
import { html } from './formatters/html.ts'
import { json } from './formatters/json.ts'
import { junit } from './formatters/junit.ts'
import { markdown } from './formatters/markdown.ts'
import { ndjson } from './formatters/ndjson.ts'
import { policyreport } from './formatters/policyreport.ts'
import { sarif } from './formatters/sarif.ts'
import { tap } from './formatters/tap.ts'
import { text } from './formatters/text.ts'

/** Every format of a report, by the name that `--format` takes. */
export const formatters = {
  text,
  json,
  ndjson,
  sarif,
  junit,
  tap,
  github,
  gitlab,
  azure,
  markdown,
  html,
  policyreport,
} as const satisfies Record<string, Formatter>

export type Format = keyof typeof formatters

/** The names of all formats. */
export const formats: readonly Format[] = [
  'text',
  'json',
  'ndjson',
  'sarif',
  'junit',
  'tap',
  'github',
  'gitlab',
  'azure',
  'markdown',
  'html',
  'policyreport',
]
