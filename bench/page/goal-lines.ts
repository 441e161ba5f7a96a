import { aligned, milliseconds, type Row, type Table } from '../measure/table.ts'
import { goals, type Goal } from './goals.ts'

/** What was wanted and what was reached, as lines of a Markdown table; goals whose rows were not measured are said to be. */
export function goalLines(tables: readonly Table[]): readonly string[] {
  const head = ['', 'against', 'wanted, at most', 'reached', '']
  const rows = goals.map((goal) => {
    const reached = reachedIn(tables, goal)
    const { what, theirs, by, most } = goal
    const unit = by === 'cpu' ? 'CPU' : by
    const wanted = goal.milliseconds ? `${most} ms ${unit}` : `${most} × ${unit}`
    if (reached === undefined) return [what, theirs, wanted, 'not measured', '']
    const shown = goal.milliseconds ? `${milliseconds(reached)} ms` : `${reached.toFixed(2)} ×`
    return [what, theirs, wanted, shown, reached <= most ? 'yes' : '**no**']
  })
  return aligned([head, head.map(() => '-'), ...rows])
}

function reachedIn(tables: readonly Table[], { table, ours, theirs, by, milliseconds }: Goal): number | undefined {
  const rows = tables.find(({ id }) => id === table)?.rows ?? []
  const [our, their] = [ours, theirs].map((name) => rows.find((row: Row) => row.name === name)?.[by])
  if (our === undefined) return undefined
  if (milliseconds) return our
  return their === undefined ? undefined : our / their
}
