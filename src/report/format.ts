import type { Finding, Severity } from '../model/finding.ts'
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
  /** The name by which those who read the report know a file of it, such as that in a checkout; default: as in the report. */
  readonly nameOf?: FileNames
  /** The page of a finding, where there is a server that shows it. */
  readonly pageOf?: FindingPages
  /** The least severity that has a say in the verdict; default `error`. */
  readonly failOn?: Severity
}

/** From the name of a file in a report to the one that its readers know. */
export type FileNames = (file: string) => string

/** From a finding to the address of its page: an absolute one, encoded. */
export type FindingPages = (finding: Pick<Finding, 'fingerprint' | 'environment'>) => string

/** Names as they are in the report. */
export const asReported: FileNames = (file) => file

/** Writes a report out; ends with a line end. */
export type Formatter = (report: Report, options: FormatOptions) => string
