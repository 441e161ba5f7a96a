import { Fault } from '../errors.ts'
import { parseDuration } from '../model/duration.ts'
import type { Input } from './inputs.ts'
import { timeOf } from '../model/time.ts'

/** What the clock has to do with a report: how old it is in words, if it is older than its input allows, and the last moment at which that is so. */
export interface Age {
  readonly stale?: string
  /** Milliseconds since 1970; absent where its age does not matter, `-Infinity` where the words tell it. */
  readonly holdsUntil?: number
}

/** The age of a report at a moment. An input with `maxAge` needs reports that say when they were made. */
export function ageOf(observer: string, observedAt: string | undefined, input: Input, now: Date): Age {
  if (input.maxAge === undefined) return {}
  const most = parseDuration(input.maxAge)
  if (most === undefined)
    throw invalid(input, `\`maxAge: ${input.maxAge}\` is no duration; one such as \`15m\` is required`)
  if (observedAt === undefined) throw invalid(input, '`maxAge` needs documents with `observedAt`; these have none')
  const at = timeOf(observedAt)
  const age = now.getTime() - at
  if (!(age > most)) return { holdsUntil: at + most }
  const stale = `\`${observer}\` reported ${inWords(age)} ago; at most ${input.maxAge} is allowed`
  return { stale, holdsUntil: -Infinity }
}

function invalid({ name }: Input, message: string): Fault {
  return new Fault('WORKSPACE_INVALID', `${name}: ${message}`, {
    places: [{ message: `${name}: ${message}`, file: 'congruent.yaml' }],
  })
}

const units = [
  { name: 'd', length: 86_400_000 },
  { name: 'h', length: 3_600_000 },
  { name: 'm', length: 60_000 },
  { name: 's', length: 1000 },
] as const

/** The two greatest units: `2h3m`. */
function inWords(milliseconds: number): string {
  let rest = milliseconds
  const counts = units.map(({ name, length }) => {
    const count = Math.floor(rest / length)
    rest -= count * length
    return { name, count }
  })
  const first = counts.findIndex(({ count }) => count > 0)
  if (first < 0) return 'less than 1s'
  return counts
    .slice(first, first + 2)
    .filter(({ count }) => count > 0)
    .map(({ name, count }) => `${count}${name}`)
    .join('')
}
