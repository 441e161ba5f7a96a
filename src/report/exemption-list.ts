import type { ExemptionList, ListedExemption } from '../model/exemption-list.ts'
import type { FormatOptions } from './format.ts'
import { palette } from './paint.ts'
import { printable } from './printable.ts'
import { wrapped } from './wrap.ts'

/** Every format of a list of exemptions, by the name that `--format` takes. */
export const exemptionListFormatters = {
  text: listText,
  json: (list: ExemptionList) => `${JSON.stringify(list, undefined, 2)}\n`,
} as const satisfies Record<string, (list: ExemptionList, options: FormatOptions) => string>

export type ExemptionListFormat = keyof typeof exemptionListFormatters

/** The names of all formats. */
export const exemptionListFormats: readonly ExemptionListFormat[] = ['text', 'json']

const most = 10

function listText(list: ExemptionList, options: FormatOptions): string {
  const { violation, warning } = palette(options.colour)
  const lines = [
    ...list.exemptions.flatMap((one) => [...exemptionLines(one, options), '']),
    ...list.unreadable.map(({ file, line, message }) =>
      warning(`${printable(file)}${line === undefined ? '' : `:${line}`}: ${printable(message)}`),
    ),
    ...(list.faults ?? []).map(({ environment, code, message }) =>
      violation(`${printable(environment)} not checked  ${code}: ${printable(message)}`),
    ),
    `${printable(list.workspace)} ${sumWords(list)}`,
  ]
  return `${lines.join('\n')}\n`
}

function exemptionLines(one: ListedExemption, options: FormatOptions): readonly string[] {
  const { heading, warning, faint } = palette(options.colour)
  const { id, rule, path, environments, owner, reason, excuses, flaws, file, line, approvedBy, ticket } = one
  const where = path === '' ? 'the whole state' : path
  const about = `${rule} at ${where} · ${environments?.join(', ') ?? 'every environment'} · owner ${owner}`
  const said = (text: string): readonly string[] => wrapped(printable(text), options.width - 2).map((row) => `  ${row}`)
  return [
    `${heading(printable(id))}  ${printable(about)}`,
    ...said(reason),
    ...(one.state === 'holds' ? said(timeWords(one)) : said(timeWords(one)).map(warning)),
    ...(approvedBy === undefined ? [] : said(`approved by ${approvedBy}`)),
    ...(ticket === undefined ? [] : said(`see ${ticket}`)),
    faint(`  ${printable(file)}:${line}`),
    ...excuses
      .slice(0, most)
      .map(({ kind, at, rule: found, environment }) =>
        faint(
          `  excuses ${kind} ${at === '' ? '(the whole state)' : printable(at)}  ${printable(`${found} · ${environment}`)}`,
        ),
      ),
    ...(excuses.length > most ? [faint(`  … and ${excuses.length - most} more`)] : []),
    ...flaws.flatMap(said).map(warning),
  ]
}

function timeWords({ state, expires, daysLeft = 0, ageDays }: ListedExemption): string {
  const age = ageDays === undefined ? '' : `, there for ${days(ageDays)}`
  if (state === 'ended' || state === 'wrong') return `not in force${age}`
  return `until ${expires}, ${daysLeft === 0 ? 'today is its last day' : `${days(daysLeft)} left`}${age}`
}

function days(count: number): string {
  return count === 1 ? '1 day' : `${count} days`
}

function sumWords({ exemptions, unreadable }: ExemptionList): string {
  const count = (state: ListedExemption['state']): number => exemptions.filter((one) => one.state === state).length
  const flawed = exemptions.filter(
    ({ state, flaws }) => (state === 'holds' || state === 'soon') && flaws.length > 0,
  ).length
  const parts = [
    [count('holds') + count('soon'), 'in force'],
    [count('soon'), 'to end soon'],
    [count('ended'), 'ended'],
    [count('wrong'), 'wrong'],
    [flawed, 'in force with flaws'],
    [unreadable.length, 'mistakes in their files'],
  ] as const
  const words = parts.filter(([number]) => number > 0).map(([number, what]) => `${number} ${what}`)
  return words.length === 0 ? 'has no exemptions' : `exemptions: ${words.join(', ')}`
}
