import type { Verdict } from './finding.ts'
import type { Report } from './report.ts'

/** What became of all cases: `congruent test --format json`. */
export interface TestReport {
  readonly tests: 1
  readonly tool: Report['tool']
  readonly workspace: string
  readonly summary: { readonly pass: number; readonly fail: number; readonly fault: number }
  /** Sorted by file, place in the file, and environment. */
  readonly results: readonly TestResult[]
  readonly coverage?: readonly CoverageOfEnvironment[]
  readonly mutation?: Mutation
}

/** What became of one case in one environment. */
export interface TestResult {
  readonly file: string
  readonly line: number
  readonly column: number
  readonly name: string
  readonly environment: string
  /** `fault`: it could not be tried. */
  readonly outcome: 'pass' | 'fail' | 'fault'
  readonly differences: readonly Difference[]
  readonly fault?: { readonly code: string; readonly message: string }
}

/** One way in which what was found differs from what was expected; lines are those of the expectation. */
export interface Difference {
  /** `absent`: expected and not found; `unexpected`: found and not expected; `unsaid`: the case expects nothing yet. */
  readonly kind: 'verdict' | 'absent' | 'unexpected' | 'unsaid'
  readonly line: number
  readonly column: number
  readonly expected?: Verdict | string
  readonly found?: Verdict | string
  /** Of what was found. */
  readonly message?: string
  /** The rule, and where it is stated. */
  readonly rule?: { readonly id: string; readonly file?: string; readonly line?: number; readonly column?: number }
  /** What is near to what was expected. */
  readonly hint?: string
}

/** Which rules of an environment tests are about. */
export interface CoverageOfEnvironment {
  readonly environment: string
  readonly rules: readonly CoveredRule[]
}

/** How far a rule was tried. */
export interface CoveredRule {
  readonly id: string
  readonly team: string
  readonly file: string
  readonly line: number
  /** A case has a value that it speaks about. */
  readonly exercised: boolean
  /** A case has a value that breaks it. */
  readonly violated: boolean
  /** The workspace's observations have a value that it speaks about; absent where that could not be told. */
  readonly observed?: boolean
}

/** What became of changes of rules, one after another. */
export interface Mutation {
  readonly noticed: number
  /** Changes that no case notices, sorted by file, place and change. */
  readonly survivors: readonly Mutant[]
  /** Cases that notice no change at all, sorted. */
  readonly vacuous: readonly Pick<TestResult, 'file' | 'line' | 'name'>[]
  /** Changes for which there was no time. */
  readonly untried: number
}

/** A rule, changed. */
export interface Mutant {
  readonly environment: string
  readonly rule: string
  readonly team: string
  readonly file: string
  readonly line: number
  readonly column: number
  /** `removed`, `a bound loosened by one`, … */
  readonly change: string
  readonly before: string
  readonly after: string
}
