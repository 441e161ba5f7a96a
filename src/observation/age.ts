import { Fault } from '../errors.ts'
import { parseDuration } from '../model/duration.ts'
import type { Input } from './inputs.ts'
import { timeOf } from '../model/time.ts'

/** What the clock has to do with a report: whether it is older than its input allows, in words that do not change while it grows older, and the last moment at which it is not. */
export interface Age {
  readonly stale?: string
  /** Milliseconds since 1970; absent where its age does not matter, `-Infinity` where it is past. */
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
  if (!(now.getTime() - at > most)) return { holdsUntil: at + most }
  return {
    stale: `\`${observer}\` reported at ${observedAt}; that counts for ${input.maxAge}`,
    holdsUntil: -Infinity,
  }
}

function invalid({ name }: Input, message: string): Fault {
  return new Fault('WORKSPACE_INVALID', `${name}: ${message}`, {
    places: [{ message: `${name}: ${message}`, file: 'congruent.yaml' }],
  })
}
