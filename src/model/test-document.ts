import type { Kind, Severity, Verdict } from './finding.ts'
import type { Covers } from './workspace.ts'

/** A fragment that a case adds, or a file of the workspace as it would be: `team` or `file`, and `cue` or `data`. */
export interface GivenFragment {
  readonly team?: string
  /** Takes the place of everything that the team says. */
  readonly alone?: boolean
  readonly file?: string
  readonly cue?: string
  readonly data?: object
}

/** What a case is about: observations, and what fragments say beside those of the workspace. */
export interface Given {
  /** From the root. */
  readonly state?: object
  readonly objects?: readonly object[]
  readonly snapshots?: readonly object[]
  /** Relative to the file of the tests. */
  readonly files?: readonly string[]
  /** Of state, objects and files; default `objects`: they say only what they hold. */
  readonly covers?: Covers
  readonly fragments?: readonly GivenFragment[]
}

/** A finding that must be there: all that is said holds of it. */
export interface ExpectedFinding {
  readonly rule?: string
  readonly path?: string
  readonly kind?: Kind
  readonly severity?: Severity
  /** A part of its message. */
  readonly message?: string
}

/** A verdict and findings; without `also`, nothing else is to be found. */
export interface ExpectedOutcome {
  readonly verdict?: Verdict
  readonly findings?: readonly ExpectedFinding[]
  readonly also?: 'any'
}

export type Expected = Verdict | readonly ExpectedFinding[] | ExpectedOutcome

/** One case as its file has it. */
export interface TestEntry {
  readonly name: string
  readonly environments?: readonly string[]
  readonly now?: string
  readonly given?: Given
  /** Absent while it is being written: the case fails until `congruent test --update` has said what is found. */
  readonly expect?: Expected
}

/** The content of a file of tests: `schemas/test.schema.json`. */
export interface TestDocument {
  readonly environments?: readonly string[]
  readonly now?: string
  readonly given?: Given
  readonly cases: readonly TestEntry[]
}
