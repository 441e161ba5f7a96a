import type { Finding } from '../model/finding.ts'
import { compareText } from '../model/order.ts'
import { subjectOf } from './finding-words.ts'
import type { FormatOptions } from './format.ts'
import { palette } from './paint.ts'
import { printable } from './printable.ts'
import type { SameFindings } from './same-findings.ts'

const most = 10

/** Findings that have no say in the verdict, a line each, below what excuses them; `manyEnvironments`: there are several to speak of. */
export function excusedLines(
  findings: readonly SameFindings[],
  manyEnvironments: boolean,
  options: FormatOptions,
): readonly string[] {
  const { heading, faint } = palette(options.colour)
  const groups = new Map<string, SameFindings[]>()
  for (const one of findings) {
    const title = titleOf(one.finding)
    const group = groups.get(title)
    if (group === undefined) groups.set(title, [one])
    else group.push(one)
  }
  const sections = [...groups].toSorted(([a], [b]) => compareText(a, b))
  return sections.flatMap(([title, group]) => [
    heading(title),
    '',
    ...group.slice(0, most).map(({ finding, environments }) => {
      const { kind, rule } = finding
      const where = manyEnvironments ? ` · ${environments.map(printable).join(', ')}` : ''
      return faint(`  ${kind} ${subjectOf(finding)}  ${printable(rule.id)}${where}`)
    }),
    ...(group.length > most ? [faint(`  … and ${group.length - most} more`)] : []),
    '',
  ])
}

function titleOf({ exempted }: Finding): string {
  if (exempted === undefined) return 'known: in the baseline, so that they do not count'
  const { id, owner, expires } = exempted
  return `exempted by ${printable(id)} until ${printable(expires)} (${printable(owner)})`
}
