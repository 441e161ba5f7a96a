import type { Obstacle, Rendered } from '../model/rendered.ts'
import { placeOfConjunct } from './finding-lines.ts'
import type { FormatOptions } from './format.ts'
import { findingsLines } from './formatters/text.ts'
import { palette } from './paint.ts'
import { placeLines } from './place-lines.ts'
import { printable } from './printable.ts'
import { noteText } from './summary-lines.ts'
import { wrapped } from './wrap.ts'

/** All files of a rendered state as one stream: documents of YAML, where there are several. */
export function renderedStream({ files = [] }: Rendered): string {
  return files.map(({ text }) => text).join('---\n')
}

const headings = {
  open: 'not concrete: nothing says which value it is',
  hidden: 'hidden: a value that nobody is told cannot be written',
  impossible: 'impossible: what is rendered for has no such thing',
} as const satisfies Record<Obstacle['reason'], string>

const mostObstacles = 30

/** What stands in the way of a rendered state, for people, and what is to be known of it beside. */
export function renderedLines(rendered: Rendered, options: FormatOptions): readonly string[] {
  const { faint, heading } = palette(options.colour)
  const { findings, obstacles, notes } = rendered
  const shown = obstacles.slice(0, mostObstacles)
  const left = obstacles.length - shown.length
  return [
    ...findingsLines(findings, 1, options),
    ...Object.entries(headings).flatMap(([reason, title]) => {
      const lines = shown.filter((one) => one.reason === reason).flatMap((one) => obstacleLines(one, options))
      return lines.length === 0 ? [] : [heading(title), ...lines]
    }),
    ...(left > 0 ? [faint(`… and ${left} more`)] : []),
    ...(rendered.files === undefined ? ['nothing is written'] : []),
    ...(options.quiet ? [] : notes.map((note) => faint(`note  ${noteText(note)}`))),
  ]
}

/** Its path, what is asked or wrong, and who says so. */
function obstacleLines({ at, message, conjuncts }: Obstacle, options: FormatOptions): readonly string[] {
  const [first = '', ...more] = wrapped(
    printable(`${at === '' ? '(the whole state)' : at}: ${message}`),
    Math.max(40, options.width - 2),
  )
  return [
    `  ${first}`,
    ...more.map((line) => `    ${line}`),
    ...placeLines(conjuncts.map(placeOfConjunct), 4, options, 4),
  ]
}
