import type { Figures } from './measure/figures.ts'
import type { Table } from './measure/table.ts'

/** One thing to be measured, at several sizes. */
export interface Question {
  /** As it is asked for on the command line. */
  readonly name: string
  /** Those that are measured unless others are named; none where size plays no part. */
  readonly sizes: readonly number[]
  /** Measures one size, table by table. */
  readonly measure: (size: number) => AsyncIterable<Table | Figures>
}
