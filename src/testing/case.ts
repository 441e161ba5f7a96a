import type { Position } from '../model/path.ts'
import type { ExpectedFinding, ExpectedOutcome, Given } from '../model/test-document.ts'

/** An expected finding, and where its file says so. */
export interface PlacedExpectation extends ExpectedFinding, Position {}

/** What a case expects: findings absent where only the verdict is said. */
export interface Expectation extends Pick<ExpectedOutcome, 'verdict' | 'also'>, Position {
  readonly findings?: readonly PlacedExpectation[]
}

/** One case of a file of tests, with what its file says of all of its cases. */
export interface Case extends Position {
  readonly file: string
  /** Index among the cases of its file. */
  readonly index: number
  readonly name: string
  /** At least one, in the order of the workspace. */
  readonly environments: readonly string[]
  /** Absent: ages are not judged. */
  readonly now?: Date
  readonly given: Given
  readonly expectation?: Expectation
}
