import { exactJson } from '../model/exact-json.ts'
import type { Finding, Observation } from '../model/finding.ts'
import { messageOf, observerOf, subjectOf } from './finding-words.ts'
import type { FormatOptions } from './format.ts'
import { palette, type Paint } from './paint.ts'
import { placeLines, type Place } from './place-lines.ts'
import { printable } from './printable.ts'
import { columnsOf } from './width.ts'
import { wrapped } from './wrap.ts'

const indent = 2
const inner = 4
const mostAlternatives = 6
/** Columns of a wrapped text, however narrow the terminal. */
const leastText = 20

/**
 * One finding in the lines of a text report: kind, path and rule; the message; who demands and who observed it, each with
 * its line of code. `environments` names those in which the same was found, `undefined` where there is only one to speak of.
 */
export function findingLines(
  finding: Finding,
  environments: readonly string[] | undefined,
  options: FormatOptions,
): readonly string[] {
  const { faint } = palette(options.colour)
  const margin = ' '.repeat(inner)
  const body = Math.max(leastText, options.width - inner)
  const places = [...finding.conjuncts.map(placeOfConjunct), ...finding.observations.map(placeOfObservation)]
  return [
    ...headerLines(finding, environments, options),
    ...wrapped(printable(messageOf(finding)), body).map((line) => margin + line),
    ...placeLines(places, inner, options),
    ...alternativeLines(finding, options),
    ...(finding.rule.docs === undefined ? [] : [faint(`${margin}see ${printable(finding.rule.docs)}`)]),
    ...(options.pageOf === undefined ? [] : [faint(`${margin}page ${options.pageOf(finding)}`)]),
  ]
}

/** The colour of a finding: by what it leads to, and warnings apart from errors. */
function paintOf(finding: Finding, colour: boolean): Paint {
  const { conflict, violation, undecided, warning, faint } = palette(colour)
  if (finding.outcome === 'conflicts') return conflict
  if (finding.outcome === 'undecided') return undecided
  if (finding.outcome === 'none' || finding.severity === 'info') return faint
  return finding.severity === 'warning' ? warning : violation
}

function headerLines(
  finding: Finding,
  environments: readonly string[] | undefined,
  options: FormatOptions,
): readonly string[] {
  const { heading, faint } = palette(options.colour)
  const kind =
    finding.severity === 'error' || finding.kind === 'drift' ? finding.kind : `${finding.kind} (${finding.severity})`
  const at = subjectOf(finding)
  const title = finding.rule.title === undefined ? '' : ` ${printable(finding.rule.title)}`
  const about = [
    `${printable(finding.rule.id)}${title}`,
    ...(environments === undefined ? [] : [environments.map(printable).join(', ')]),
    ...(finding.owner === undefined ? [] : [`owner ${printable(finding.owner)}`]),
  ].join(' · ')
  const start = `${' '.repeat(indent)}${paintOf(finding, options.colour)(kind)} ${heading(at)}`
  const columns = indent + columnsOf(kind) + 1 + columnsOf(at)
  if (columns + 2 + columnsOf(about) <= options.width) return [`${start}  ${faint(about)}`]
  return [
    start,
    ...wrapped(about, Math.max(leastText, options.width - inner)).map((line) => faint(' '.repeat(inner) + line)),
  ]
}

function alternativeLines(finding: Finding, options: FormatOptions): readonly string[] {
  const { alternatives = [] } = finding
  if (alternatives.length === 0) return []
  const { faint } = palette(options.colour)
  const shown = alternatives.slice(0, mostAlternatives)
  const left = alternatives.length - shown.length
  const margin = ' '.repeat(inner)
  return [
    faint(`${margin}${alternatives.length === 1 ? 'because:' : 'none of the alternatives fits:'}`),
    ...shown.flatMap(({ message, conjuncts }) => [
      ...wrapped(printable(message), Math.max(leastText, options.width - inner - 2)).map(
        (line, index) => `${margin}${index === 0 ? '- ' : '  '}${line}`,
      ),
      ...conjuncts
        .slice(0, 3)
        .map(({ team, file, line, column }) =>
          faint(`${margin}    ${printable(team)}  ${printable(file)}:${line}:${column}`),
        ),
    ]),
    ...(left === 0 ? [] : [faint(`${margin}… and ${left} more`)]),
  ]
}

/** A conjunct as a place: its team says so. */
export function placeOfConjunct({ team, file, line, column, text }: Finding['conjuncts'][number]): Place {
  return { who: team, file, line, column, ...(text === undefined ? {} : { text }) }
}

/** An observation as a place: its observer saw so. */
export function placeOfObservation({ observer, sequence, file, line, column, value }: Observation): Place {
  if (file === undefined) return placeWithoutFile({ observer, sequence, value })
  return {
    who: observerOf(observer, sequence, file),
    file,
    ...(line === undefined ? {} : { line }),
    ...(column === undefined ? {} : { column }),
    ...(value === undefined ? {} : { text: exactJson(value) }),
  }
}

/** What was put together of several documents, so that no line of one shows that something is not there. */
function placeWithoutFile({ observer, sequence, value }: Pick<Observation, 'observer' | 'sequence' | 'value'>): Place {
  const who = observerOf(observer, sequence, undefined)
  return {
    who,
    ...(who === 'observed' ? { where: observer === '-' ? '(standard input)' : observer } : {}),
    ...(value === undefined ? { about: 'nothing there, in any document' } : { text: exactJson(value) }),
  }
}
