import type { Report } from './report.ts'

/** What became of all cases: `congruent test --format json`, `schemas/test-report.schema.json`. */
export interface TestReport {
  readonly tests: 1
  readonly tool: Report['tool']
  readonly workspace: string
  readonly summary: { readonly pass: number; readonly fail: number; readonly fault: number }
  /** Sorted by file, place in the file, and environment. */
  readonly results: readonly TestResult[]
  /** Every rule of the environments that cases were run in, sorted by id and team; where that was asked for. */
  readonly coverage?: readonly CoveredRule[]
  /** Where that was asked for. */
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
  /** In words: a verdict, or what identifies a finding. */
  readonly expected?: string
  readonly found?: string
  /** Of what was found. */
  readonly message?: string
  /** The rule, and where it is stated. */
  readonly rule?: { readonly id: string; readonly file?: string; readonly line?: number; readonly column?: number }
  /** What is near to what was expected. */
  readonly hint?: string
}

/** How far a rule was tried. */
export interface CoveredRule {
  readonly id: string
  readonly team: string
  /** Where it is stated first. */
  readonly file?: string
  readonly line?: number
  readonly column?: number
  /** A case has a value that it speaks about. */
  readonly exercised: boolean
  /** A case has a value that breaks it. */
  readonly violated: boolean
  /** The workspace's own observations have a value that it speaks about; absent where there are none. */
  readonly observed?: boolean
}

/** What became of changes of rules, one after another. */
export interface Mutation {
  /** Changes that make some case fail. */
  readonly noticed: number
  /** Changes that no case notices; sorted by file and place. */
  readonly survivors: readonly Mutant[]
  /** Cases that no change of any rule makes fail; sorted by file and place. */
  readonly vacuous: readonly Pick<TestResult, 'file' | 'line' | 'column' | 'name'>[]
  /** Changes that mean nothing, since something else says the same. */
  readonly idle: number
  /** Changes that there was no time to try to the end. */
  readonly untried: number
}

/** A rule, changed in one way. */
export interface Mutant {
  readonly rule: string
  readonly team: string
  readonly file: string
  readonly line: number
  readonly column: number
  /** What was done, in words: `removed`, `a bound looser by one`. */
  readonly change: string
  readonly before: string
  readonly after: string
}
