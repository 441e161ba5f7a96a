import { aligned } from './table.ts'

/** What was measured once, with nothing beside it to compare with. */
export interface Figures {
  readonly title: string
  readonly head: readonly string[]
  readonly figures: readonly (readonly string[])[]
  /** Load of the machine when it was begun. */
  readonly load: number
}

/** The figures as Markdown. */
export function formatFigures({ title, head, figures, load }: Figures): string {
  const line = head.map((_, column) => (column === 0 ? '-' : '-:'))
  return [`### ${title}`, '', ...aligned([head, line, ...figures]), '', `load ${load.toFixed(1)}`, ''].join('\n')
}
