import type { Report } from './report.ts'

/** What became of all cases: `congruent test --format json`. */
export interface TestReport {
  readonly tests: 1
  readonly tool: Report['tool']
  readonly workspace: string
  readonly summary: { readonly pass: number; readonly fail: number; readonly fault: number }
  /** Sorted by file, place in the file, and environment. */
  readonly results: readonly TestResult[]
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
