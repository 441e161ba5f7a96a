/** Labels from the root of the desired state; list positions are decimal strings; `[]` is the root. */
export type Path = readonly string[]

/** A path pattern: `null` stands for any one label or list position. It reaches everything below. */
export type PathPattern = readonly (string | null)[]

/** A place in a text file; line and column count from 1, a column is a UTF-16 unit. */
export interface Position {
  readonly line: number
  readonly column: number
}
