import type { QuotedLine } from '../model/quoted-line.ts'
import type { Report } from '../model/report.ts'

/** How a report is to be shown. */
export interface FormatOptions {
  /** The lines of a file that are pointed at, by their numbers from 1; without those that are not to be had or not to be shown. */
  readonly lines: (file: string) => ReadonlyMap<number, QuotedLine> | undefined
  readonly colour: boolean
  /** Columns of the terminal. */
  readonly width: number
  readonly groupBy: 'file' | 'team'
  /** Leave out notes and explanations. */
  readonly quiet: boolean
}

/** Writes a report out; ends with a line end. */
export type Formatter = (report: Report, options: FormatOptions) => string
