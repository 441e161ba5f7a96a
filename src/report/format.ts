import type { Report } from '../model/report.ts'

/** How a report is to be shown. */
export interface FormatOptions {
  /** The lines of a file that a finding names, or undefined where they are not to be had. */
  readonly lines: (file: string) => readonly string[] | undefined
  readonly colour: boolean
  /** Columns of the terminal. */
  readonly width: number
  readonly groupBy: 'file' | 'team'
  /** Leave out notes and explanations. */
  readonly quiet: boolean
}

/** Writes a report out; ends with a line end. */
export type Formatter = (report: Report, options: FormatOptions) => string
