import { stands } from '../model/counting.ts'
import { kinds, type Finding, type Kind, type Verdict } from '../model/finding.ts'
import type { Note, Report } from '../model/report.ts'
import type { FormatOptions } from './format.ts'
import { palette, type Paint } from './paint.ts'
import { printable } from './printable.ts'
import { padded } from './width.ts'

/** What a report comes to: what could not be decided and why, notes, what the engine lacks, one line an environment, and the verdict. */
export function summaryLines(report: Report, options: FormatOptions): readonly string[] {
  const explained = options.quiet ? [] : [...undecidedLines(report.findings), ...noteLines(report, options)]
  const said = [...explained, ...extentLines(report)]
  return [
    ...said,
    ...(said.length === 0 ? [] : ['']),
    ...environmentLines(report, options),
    ...totalLine(report, options),
  ]
}

const meanings: Partial<Record<Kind, string>> = {
  unobserved: 'no observer covers the path',
  stale: 'the only reports of the path are older than the entry allows',
  refused: 'an observer was not allowed to look',
  contested: 'observers differ, and the verdict depends on whom one believes',
  incomplete: 'a constraint cannot be decided, even with what is observed',
  unreadable: 'a document cannot be read or believed; all others were checked',
}

function undecidedLines(findings: readonly Finding[]): readonly string[] {
  const undecided = findings.filter((finding) => finding.outcome === 'undecided' && stands(finding))
  const present = kinds.filter((kind) => undecided.some((finding) => finding.kind === kind))
  const rows = present.map((kind) => `  ${padded(kind, 10)}  ${meanings[kind] ?? ''}`)
  return rows.length === 0 ? [] : ['undecided: nothing proves or excludes a deviation there', ...rows]
}

/** What of all findings is looked at. */
function extentLines({ baseline, changed, summary }: Report): readonly string[] {
  return [
    ...(baseline === undefined
      ? []
      : [`baseline: ${plural(summary.known ?? 0, 'finding')} still there, ${baseline.gone} gone`]),
    ...(changed === undefined
      ? []
      : [
          `changed since ${printable(changed.base)} (${changed.commit.slice(0, 12)}): ${changed.files === 0 ? 'nothing that git tracks' : plural(changed.files, 'file')}; ${plural(changed.left, 'finding')} elsewhere left out`,
        ]),
  ]
}

const mostNotes = 20

function noteLines({ notes, tool }: Report, options: FormatOptions): readonly string[] {
  const { faint } = palette(options.colour)
  const left = notes.length - mostNotes
  return [
    ...notes.slice(0, mostNotes).map((note) => faint(`note  ${noteText(note)}`)),
    ...(left > 0 ? [faint(`note  … and ${left} more in the JSON report`)] : []),
    ...tool.engine.lacks.map((lack) => faint(`note  ${tool.engine.name} cannot tell: ${printable(lack)}`)),
  ]
}

/** A note with its place. */
export function noteText({ message, file, line }: Note): string {
  const place = file === undefined ? '' : `${printable(file)}${line === undefined ? '' : `:${line}`}: `
  return `${place}${printable(message)}`
}

function environmentLines({ environments, faults = [], findings }: Report, options: FormatOptions): readonly string[] {
  const { violation } = palette(options.colour)
  const columns = Math.max(
    0,
    ...[...environments.map(({ name }) => name), ...faults.map(({ environment }) => environment)].map(
      (name) => name.length,
    ),
  )
  const rows = environments.map(({ name, verdict }) => ({
    name,
    line: `${verdictPaint(verdict, options.colour)(verdict)}${' '.repeat(11 - verdict.length)}${countsOf(findings.filter(({ environment }) => environment === name))}`,
  }))
  const failed = faults.map(({ environment, code, message }) => ({
    name: environment,
    line: `${violation('not checked')}  ${code}: ${printable(message)}`,
  }))
  return [...rows, ...failed].map(({ name, line }) => `${padded(printable(name), columns)}  ${line}`.trimEnd())
}

/** `2 mismatch, 1 drift (1 warning, 3 exempted)`: what is excused is not among the kinds. */
function countsOf(findings: readonly Finding[]): string {
  const standing = findings.filter(stands)
  const counts = kinds
    .map((kind) => ({ kind, count: standing.filter((finding) => finding.kind === kind).length }))
    .filter(({ count }) => count > 0)
    .map(({ kind, count }) => `${count} ${kind}`)
  const warnings = standing.filter(({ severity, outcome }) => severity === 'warning' && outcome !== 'none').length
  const exempted = findings.filter((finding) => finding.exempted !== undefined).length
  const known = findings.length - standing.length - exempted
  const beside = [
    ...(warnings === 0 ? [] : [plural(warnings, 'warning')]),
    ...(exempted === 0 ? [] : [`${exempted} exempted`]),
    ...(known === 0 ? [] : [`${known} known`]),
  ].join(', ')
  return [counts.join(', '), ...(beside === '' ? [] : [`(${beside})`])].join(' ').trimStart()
}

function totalLine(
  { workspace, verdict, findings, environments, faults = [] }: Report,
  options: FormatOptions,
): readonly string[] {
  const { heading } = palette(options.colour)
  const snapshots = environments.reduce((sum, { snapshots }) => sum + snapshots.length, 0)
  const extent = [
    plural(findings.length, 'finding'),
    plural(environments.length + faults.length, 'environment'),
    plural(snapshots, 'snapshot'),
  ].join(', ')
  return ['', `${heading(printable(workspace))} ${verdictPaint(verdict, options.colour)(verdict)}: ${extent}`]
}

/** The colour of a verdict. */
export function verdictPaint(verdict: Verdict, colour: boolean): Paint {
  const { conflict, violation, undecided, good } = palette(colour)
  return { conflicts: conflict, violates: violation, undecided, conforms: good }[verdict]
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`
}
