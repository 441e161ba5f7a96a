import type { TestReport } from '../../model/test-report.ts'

/** How the outcome of tests is to be shown. */
export interface TestFormatOptions {
  readonly colour: boolean
  /** Only what fails, and the sum. */
  readonly quiet: boolean
}

/** Writes the outcome of tests out; ends with a line end. */
export type TestFormatter = (report: TestReport, options: TestFormatOptions) => string
