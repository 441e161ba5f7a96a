import { concernedTeam } from '../../model/concerned-team.ts'
import { stands } from '../../model/counting.ts'
import type { Finding, Outcome } from '../../model/finding.ts'
import { compareText } from '../../model/order.ts'
import type { Report } from '../../model/report.ts'
import { excusedLines } from '../excused-lines.ts'
import { findingLines } from '../finding-lines.ts'
import type { FormatOptions } from '../format.ts'
import { palette } from '../paint.ts'
import { printable } from '../printable.ts'
import { sameFindings, type SameFindings } from '../same-findings.ts'
import { summaryLines } from '../summary-lines.ts'

/** A report for people: conflicts first, then by file or team what deviates and what is undecided, in short what is excused, then what that comes to. */
export function text(report: Report, options: FormatOptions): string {
  const environments = environmentCount(report)
  const [standing, excused] = [report.findings.filter(stands), report.findings.filter((finding) => !stands(finding))]
  const lines = [
    ...findingsLines(standing, environments, options),
    ...excusedLines(sameFindings(excused), environments > 1, options),
    ...summaryLines(report, options),
  ]
  return `${lines.join('\n')}\n`
}

/** Findings under their headings, without the summary: each is shown once, with the environments in which it is the same. */
export function findingsLines(
  findings: readonly Finding[],
  environments: number,
  options: FormatOptions,
): readonly string[] {
  return sameFindingsLines(sameFindings(findings), environments, options)
}

/** The same, where equal ones were found already. */
export function sameFindingsLines(
  findings: readonly SameFindings[],
  environments: number,
  options: FormatOptions,
): readonly string[] {
  const { heading } = palette(options.colour)
  return sectionsOf(findings, options.groupBy).flatMap(({ title, findings }) => [
    heading(printable(title)),
    '',
    ...findings.flatMap((same) => [
      ...findingLines(same.finding, environments > 1 ? same.environments : undefined, options),
      '',
    ]),
  ])
}

function environmentCount(report: Report): number {
  return report.environments.length + (report.faults?.length ?? 0)
}

interface Section {
  readonly title: string
  readonly findings: readonly SameFindings[]
}

const outcomeOrder: readonly Outcome[] = ['conflicts', 'violates', 'undecided', 'none']

/** Conflicts in a section of their own, then one section a file or team, by name; in each, violations before what is undecided. */
function sectionsOf(findings: readonly SameFindings[], groupBy: FormatOptions['groupBy']): readonly Section[] {
  const rank = ({ finding }: SameFindings): number => outcomeOrder.indexOf(finding.outcome)
  const conflicts = findings.filter((same) => rank(same) === 0)
  const groups = new Map<string, SameFindings[]>()
  for (const same of findings.filter((same) => rank(same) > 0).toSorted((a, b) => rank(a) - rank(b))) {
    const title = groupBy === 'team' ? (concernedTeam(same.finding) ?? '(no team)') : fileOf(same.finding)
    const group = groups.get(title)
    if (group === undefined) groups.set(title, [same])
    else group.push(same)
  }
  const named = Array.from(groups, ([title, findings]) => ({ title, findings })).toSorted((a, b) =>
    compareText(a.title, b.title),
  )
  return conflicts.length === 0
    ? named
    : [
        {
          title: 'conflicts: the fragments leave no desired state here, so that nothing observed can conform',
          findings: conflicts,
        },
        ...named,
      ]
}

/** The file that is to be looked at first: where it was observed, else where it is demanded. */
function fileOf({ observations, conjuncts }: Finding): string {
  const file = observations.find(({ file }) => file !== undefined)?.file ?? conjuncts[0]?.file
  return file === '-' ? '(standard input)' : (file ?? '(no file)')
}
