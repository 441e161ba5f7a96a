import { exactJson } from '../../model/exact-json.ts'
import type { ReviewFormatter } from './format.ts'
import { html } from './html.ts'
import { markdown } from './markdown.ts'
import { text } from './text.ts'

/** Every format of a review, by the name that `--format` takes. */
export const reviewFormatters = {
  text,
  markdown,
  html,
  json: (review) => `${exactJson(review, { indent: 2 })}\n`,
} as const satisfies Record<string, ReviewFormatter>

export type ReviewFormat = keyof typeof reviewFormatters

/** The names of these formats. */
export const reviewFormats: readonly ReviewFormat[] = ['text', 'json', 'markdown', 'html']
