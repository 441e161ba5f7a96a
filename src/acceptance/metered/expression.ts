import { type Meter, spend } from './meter.ts'

/** Tells whether a text matches, after paying for the longest that telling it may take. */
export type Matches = (text: string) => boolean

/** How many characters are looked at in a step. */
const charactersInStep = 2

/**
 * A regular expression of the form that plans write it in, with what it costs at most to run: every repetition is of plain characters, so
 * that going back over a text takes no more than a power of its length. Undefined where the form is another one.
 */
export function meteredExpression(source: string, meter: Meter): Matches | undefined {
  const cost = costOf(source)
  if (cost === undefined) return undefined
  const expression = compiled(source)
  if (expression === undefined) return undefined
  return (text) => {
    spend(meter, 1 + stepsFor(cost, text.length + 1))
    return expression.test(text)
  }
}

function compiled(source: string): RegExp | undefined {
  try {
    return new RegExp(source, 'u')
  } catch {
    return undefined
  }
}

/** How often something is looked at in a text of a length: so many times a power of the length. */
interface Cost {
  readonly power: number
  readonly times: number
}

function stepsFor(costs: readonly Cost[], length: number): number {
  return costs.reduce((sum, { power, times }) => sum + times * length ** power, 0) / charactersInStep
}

/** An anchor, an escape, a class, what opens and closes a group, a choice, a repetition, any other character. */
const token = /\^|\$|\\[^]|\[(?:[^\\\]]|\\[^])*\]|\(\?:|\(|\)|\||[*+?]|\{\d+(?:,\d*)?\}|[^]/gu

function costOf(source: string): readonly Cost[] | undefined {
  // Without an anchor it is tried from every character, and so may be any but the first of several choices.
  let power = source.startsWith('^') && !source.includes('|') ? 0 : 1
  let ways = 1
  const costs: Cost[] = []
  const groups: Group[] = [{ isVariable: false, size: 0 }]
  let last: Group | undefined
  for (const [found] of source.matchAll(token)) {
    const group = groups.at(-1)
    if (group === undefined) return undefined
    if ('*+?'.includes(found) || /^\{./.test(found)) {
      // A lazy repetition, or one of what repeats itself.
      if (last === undefined || (last.isVariable && found !== '?')) return undefined
      const width = found === '?' ? 2 : widthOf(found)
      if (width === undefined) power += 1
      else ways *= width
      costs.push({ power, times: ways * (1 + last.size) })
      group.isVariable = true
      group.size += last.size
      last = undefined
    } else if (found === '(?:') {
      groups.push({ isVariable: false, size: 0 })
      last = undefined
    } else if (found === ')') {
      groups.pop()
      const around = groups.at(-1)
      if (around === undefined) return undefined
      around.isVariable ||= group.isVariable
      around.size += group.size
      last = group
    } else if (found === '|') {
      ways *= 2
      group.isVariable = true
      last = undefined
    } else if ('(]{}'.includes(found) || /^\\[1-9kpPbBu]/.test(found)) return undefined
    else {
      costs.push({ power, times: ways })
      group.size += 1
      last = found === '^' || found === '$' ? undefined : { isVariable: false, size: 1 }
    }
  }
  return groups.length === 1 ? costs : undefined
}

interface Group {
  /** Whether there are choices or repetitions in it. */
  isVariable: boolean
  /** How many characters it holds. */
  size: number
}

/** How many lengths a repetition may have; undefined where there is no bound. */
function widthOf(repetition: string): number | undefined {
  const bounds = /^\{(\d+)(,(\d*))?\}$/.exec(repetition)
  if (bounds === null) return undefined
  const [, least = '0', comma, most = ''] = bounds
  if (comma === undefined) return 1 + Number(least)
  return most === '' ? undefined : 1 + Number(most)
}
