import { Fault } from '../errors.ts'

/** How long may be spent on reading. Only the work itself counts, not what goes on beside it meanwhile. */
export interface ReadingTime {
  /** Does a part of the work, which may ask for the time while it goes on. */
  spend<Done>(work: () => Done): Done
  /** Throws once the time is over: asked between documents, and within large ones. */
  check(): void
  /** Milliseconds that the work took until now. */
  spent(): number
}

/** Nobody waits for the reading. */
export const unlimited: ReadingTime = { spend: (work) => work(), check: () => undefined, spent: () => 0 }

/** At most so many milliseconds; then a Fault ENGINE_DEADLINE says whose documents took longer. */
export function readingTime(limitMs: number, clock: () => number, subject: string): ReadingTime {
  let before = 0
  let begun: number | undefined
  const spent = (): number => before + (begun === undefined ? 0 : clock() - begun)
  const check = (): void => {
    if (spent() <= limitMs) return
    const advice = 'raise --timeout, or check fewer documents at a time'
    throw new Fault(
      'ENGINE_DEADLINE',
      `${subject}: reading the documents took longer than ${limitMs / 1000} s; ${advice}`,
    )
  }
  return {
    spend: (work) => {
      if (begun !== undefined) return work()
      begun = clock()
      try {
        check()
        const done = work()
        check()
        return done
      } finally {
        before = spent()
        begun = undefined
      }
    },
    check,
    spent,
  }
}
