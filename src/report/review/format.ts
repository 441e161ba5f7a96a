import type { QuotedLine } from '../../model/quoted-line.ts'
import type { Review } from '../../model/review.ts'
import type { FormatOptions } from '../format.ts'

/** How a review is to be shown: `lines` are those of the head. */
export interface ReviewOptions extends FormatOptions {
  /** Those of the base. */
  readonly linesBefore: (file: string) => ReadonlyMap<number, QuotedLine> | undefined
}

/** How what one side says is shown: what only the change would bring is on no page yet. */
export function optionsOfSide(options: ReviewOptions, side: 'base' | 'head'): FormatOptions {
  if (side === 'base') return { ...options, lines: options.linesBefore }
  const { pageOf: _, ...others } = options
  return others
}

/** Writes a review out; ends with a line end. */
export type ReviewFormatter = (review: Review, options: ReviewOptions) => string
