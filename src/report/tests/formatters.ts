import { exactJson } from '../../model/exact-json.ts'
import type { TestFormatter } from './format.ts'
import { junitTests } from './junit.ts'
import { tapTests } from './tap.ts'
import { testsText } from './text.ts'

/** Every format of the outcome of tests by its name. */
export const testFormatters = {
  text: testsText,
  junit: junitTests,
  tap: tapTests,
  json: (report) => `${exactJson(report, { indent: 2 })}\n`,
} as const satisfies Record<string, TestFormatter>

export type TestFormat = keyof typeof testFormatters

/** The formats of the outcome of tests. */
export const testFormats: readonly TestFormat[] = ['text', 'junit', 'tap', 'json']
