import type { Mutation } from '../../model/test-report.ts'
import type { Palette } from '../paint.ts'
import { printable } from '../printable.ts'

/** Changes of rules that no test notices, tests that notice no change, and the sum. */
export function mutationLines(mutation: Mutation, paint: Palette): readonly string[] {
  const { noticed, survivors, vacuous, idle, untried } = mutation
  const sum = [
    `${noticed + survivors.length} changes of rules: ${noticed} noticed`,
    `${survivors.length} not`,
    ...(idle === 0 ? [] : [`${idle} without meaning left out`]),
    ...(untried === 0 ? [] : [`${untried} not tried`]),
  ]
  return [
    ...survivors.flatMap(({ rule, file, line, column, change, before, after }) => [
      `${paint.warning('not noticed')}  ${paint.heading(printable(rule))} ${change}  ${paint.faint(`${printable(file)}:${line}:${column}`)}`,
      paint.violation(`  - ${printable(before)}`),
      paint.good(`  + ${printable(after)}`),
    ]),
    ...vacuous.map(
      ({ name, file, line, column }) =>
        `${paint.warning('notices nothing')}  ${paint.heading(printable(name))}  ${paint.faint(`${printable(file)}:${line}:${column}`)}`,
    ),
    sum.join(', '),
  ]
}
