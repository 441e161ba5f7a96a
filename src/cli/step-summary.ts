import { appendFile } from 'node:fs/promises'
import type { Config } from '../config.ts'
import { Fault } from '../errors.ts'
import { whyNotWritten } from '../model/why-not-written.ts'
import type { Outputs } from './outputs.ts'

/** Adds to the summary of a step of GitHub Actions, where one runs and its format is asked for. */
export async function writeStepSummary(
  { stepSummary }: Config,
  { format, files }: Outputs<string>,
  text: () => string,
): Promise<void> {
  const isAsked = format === 'github' || files.some((file) => file.format === 'github')
  if (stepSummary === undefined || !isAsked) return
  try {
    await appendFile(stepSummary, text())
  } catch (error) {
    const message = `\`${stepSummary}\`, which GITHUB_STEP_SUMMARY names, cannot be written: ${whyNotWritten(error)}`
    throw new Fault('OUTPUT_FAILED', message, { cause: error })
  }
}
