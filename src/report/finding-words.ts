import { exactJson } from '../model/exact-json.ts'
import type { Finding } from '../model/finding.ts'
import { asReported, type FormatOptions } from './format.ts'
import { printable } from './printable.ts'
import { excuseOf } from './standing.ts'

/** What a finding leads to, in a word that no reader takes for passing. */
export function outcomeWord({ outcome, kind }: Finding): string {
  return outcome === 'none' ? kind : outcome
}

/** What a finding is about: its path, or the file that cannot be read or that holds the exemption. */
export function subjectOf({ kind, path, at, conjuncts, observations }: Finding): string {
  const isAboutFile = kind === 'unreadable' || kind === 'exemption'
  const file = isAboutFile ? (conjuncts[0]?.file ?? observations[0]?.file) : undefined
  if (file !== undefined) return file === '-' ? '(standard input)' : printable(file)
  return path.length === 0 ? '(the whole state)' : printable(at)
}

/** The message, or several joined ones, without the name of the file that stands above them already. */
export function messageOf({ kind, message, observations }: Finding): string {
  const file = kind === 'unreadable' ? observations[0]?.file : undefined
  if (file === undefined) return message
  return (message.startsWith(`${file}: `) ? message.slice(file.length + 2) : message).replaceAll(`; ${file}: `, '; ')
}

/** An observer without a name of its own is called after its files, which stand beside it anyway. */
export function observerOf(observer: string, sequence: number, file: string | undefined): string {
  if (observer === file || observer === '-' || /[/*]/.test(observer)) return 'observed'
  return sequence === 0 ? observer : `${observer} #${sequence}`
}

/** A finding in one line: `violates services.web.replicas: invalid value 1 (out of bound >=2)`. */
export function findingHeadline(finding: Finding): string {
  return `${outcomeWord(finding)} ${subjectOf(finding)}: ${printable(messageOf(finding))}`
}

/** The rule with its title: `HA-1 two of everything in prod`. */
export function ruleWords({ rule }: Finding): string {
  return printable(rule.title === undefined ? rule.id : `${rule.id} ${rule.title}`)
}

const mostPlaces = 8

/** What a finding says beside its headline, a plain line each: what it is, who demands and who observed it, what excuses it, and its page. */
export function findingDetails(
  finding: Finding,
  { nameOf = asReported, pageOf }: Pick<FormatOptions, 'nameOf' | 'pageOf'> = {},
): readonly string[] {
  const { kind, severity, environment, owner, conjuncts, observations, alternatives = [], rule } = finding
  const excuse = excuseOf(finding)
  return [
    `${kind} (${severity}) in ${environment}, rule ${ruleWords(finding)}`,
    ...(excuse === undefined ? [] : [excuse]),
    ...(owner === undefined ? [] : [`owner ${owner}`]),
    ...listed(conjuncts, ({ team, file, line, column, text }) =>
      withText(`wanted by ${team} at ${nameOf(file)}:${line}:${column}`, text),
    ),
    ...listed(observations, ({ observer, sequence, file, line, column, value }) => {
      const who = observerOf(observer, sequence, file)
      const by = who === 'observed' ? 'observed' : `observed by ${who}`
      const name = file === undefined ? undefined : file === '-' ? 'standard input' : nameOf(file)
      const place = line === undefined ? name : `${name}:${line}:${column ?? 1}`
      return withText(
        place === undefined ? by : `${by} at ${place}`,
        value === undefined ? undefined : exactJson(value),
      )
    }),
    ...listed(alternatives, ({ message }) => `alternative: ${message}`),
    ...(rule.docs === undefined ? [] : [`see ${rule.docs}`]),
    ...(pageOf === undefined ? [] : [`page ${pageOf(finding)}`]),
  ].map(printable)
}

function withText(place: string, text: string | undefined): string {
  return text === undefined ? place : `${place}: ${text}`
}

function listed<T>(items: readonly T[], words: (item: T) => string): readonly string[] {
  const left = items.length - mostPlaces
  return [...items.slice(0, mostPlaces).map(words), ...(left > 0 ? [`… and ${left} more`] : [])]
}
