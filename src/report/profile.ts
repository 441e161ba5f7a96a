import type { Costs, Profile } from '../model/profile.ts'
import { palette } from './paint.ts'
import { printable } from './printable.ts'

const mostRows = 20

/** A profile as text, for people: steps, then what each fragment and rule costs. */
export function profileText({ steps, wholeMs, costs }: Profile, { colour }: { readonly colour: boolean }): string {
  const { heading, faint } = palette(colour)
  const lines = [
    heading('where the time went'),
    ...steps.map(
      ({ name, ms, about }) => `${milliseconds(ms)}  ${name}${about === undefined ? '' : faint(`  ${about}`)}`,
    ),
    `${milliseconds(wholeMs)}  in all`,
    ...costs.flatMap((cost) => ['', ...costLines(cost, colour)]),
  ]
  return `${lines.join('\n')}\n`
}

function costLines(costs: Costs, colour: boolean): readonly string[] {
  const { heading, faint } = palette(colour)
  const { environment, sample, ms, fragments, rules, untried } = costs
  const what = sample === undefined ? 'everything' : `${sample.entities} of ${sample.of} entities`
  const rows = [
    ...fragments.map(({ team, name, ms }) => ({ ms, words: `fragment ${printable(name)}`, team })),
    ...rules.map(({ team, id, ms }) => ({ ms, words: `rule ${printable(id)}`, team })),
  ].toSorted((a, b) => b.ms - a.ms)
  const left = rows.length - mostRows
  return [
    heading(
      `what the evaluator needs in ${printable(environment)}: ${milliseconds(ms).trim()} for ${what}, and less without`,
    ),
    ...rows
      .slice(0, mostRows)
      .map(({ ms, words, team }) => `${milliseconds(ms)}  ${words}${faint(`  ${printable(team)}`)}`),
    ...(rows.length === 0 ? ['  no fragment or rule alone makes a difference that can be measured'] : []),
    ...(left > 0 ? [faint(`  … and ${left} more`)] : []),
    ...(untried > 0 ? [faint(`  ${untried} not tried: no time, or nothing can be evaluated without`)] : []),
  ]
}

function milliseconds(ms: number): string {
  return `${ms < 9.95 ? ms.toFixed(1) : Math.round(ms).toLocaleString('en')} ms`.padStart(12)
}
