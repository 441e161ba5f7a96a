import { loadavg } from 'node:os'
import { rowOf } from './measure/compare.ts'
import { stepsOf } from './measure/steps.ts'
import type { Question } from './question.ts'
import type { Row } from './measure/table.ts'

const changes = 9

/** How long does a check take in a program that keeps a Congruent open, when one of so many services has changed? */
export const change: Question = {
  name: 'change',
  sizes: [10_000],
  async *measure(count) {
    const load = loadavg()[0] ?? 0
    const rows = [...rowsFor(count, 1, 'in one file'), ...rowsFor(count, 100, 'in a hundred files')]
    yield {
      id: `change/${count}`,
      title: `One of ${count} services changes, in an open Congruent`,
      entities: count,
      base: 'in one file: first check',
      rows,
      absent: [],
      load,
    }
  },
}

function rowsFor(count: number, files: number, how: string): readonly Row[] {
  const steps = stepsOf('change-steps.js', [count, files, changes].map(String))
  return [
    rowOf(`${how}: first check`, steps.slice(0, 1)),
    rowOf(`${how}: again`, steps.slice(1, 2)),
    rowOf(`${how}: one service changed`, steps.slice(2)),
  ]
}
