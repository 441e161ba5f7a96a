import { Fault } from '../../errors.ts'

/** How many requests are worked on and how many wait, in all and of one asker. */
export interface TurnLimits {
  readonly inWork: number
  readonly inWorkEach: number
  readonly waiting: number
  readonly waitingEach: number
}

/** Lets requests in, askers in turn: who sends many waits for themselves, not others for them. */
export interface Turns {
  /**
   * Takes a turn: at once (undefined) or when it comes. Rejects with TOO_MANY_REQUESTS where the asker has as many waiting as one may
   * have, with OVERLOADED where everybody has, or where no turn came in time.
   */
  enter(asker: string, patienceMs: number): Promise<void> | undefined
  /** Gives the turn back. */
  leave(asker: string): void
  readonly inWork: number
  readonly waiting: number
}

interface Waiting {
  readonly begin: () => void
}

interface Asker {
  inWork: number
  readonly waiting: Set<Waiting>
}

/** Turns for the requests of one server. */
export function createTurns(limits: TurnLimits): Turns {
  const askers = new Map<string, Asker>()
  let inWork = 0
  let waiting = 0

  const begin = (asker: Asker): void => {
    asker.inWork++
    inWork++
  }
  const wait = (name: string, asker: Asker, patienceMs: number): Promise<void> =>
    new Promise((resolve, reject) => {
      const entry: Waiting = {
        begin: () => {
          clearTimeout(timer)
          asker.waiting.delete(entry)
          waiting--
          begin(asker)
          resolve()
        },
      }
      const timer = setTimeout(() => {
        asker.waiting.delete(entry)
        waiting--
        forgetIdle(name, asker)
        reject(overloaded(`no turn came within ${patienceMs / 1000} s`))
      }, patienceMs)
      asker.waiting.add(entry)
      waiting++
    })
  const forgetIdle = (name: string, asker: Asker): void => {
    if (asker.inWork === 0 && asker.waiting.size === 0) askers.delete(name)
  }
  const next = (): void => {
    for (const [name, asker] of askers) {
      if (waiting === 0 || inWork >= limits.inWork) return
      const [first] = asker.waiting
      if (first === undefined || asker.inWork >= limits.inWorkEach) continue
      // Whoever had a turn is the last to have the next one.
      askers.delete(name)
      askers.set(name, asker)
      first.begin()
    }
  }
  return {
    enter: (name, patienceMs) => {
      const asker = askers.get(name) ?? { inWork: 0, waiting: new Set() }
      const isFree = inWork < limits.inWork && asker.inWork < limits.inWorkEach && asker.waiting.size === 0
      if (!isFree && asker.waiting.size >= limits.waitingEach) {
        const message = `${asker.inWork} requests of this asker are in work and ${asker.waiting.size} wait, which is as many as one may have`
        return Promise.reject(new Fault('TOO_MANY_REQUESTS', message, { details: { retryAfter: 1 } }))
      }
      if (!isFree && waiting >= limits.waiting)
        return Promise.reject(overloaded(`${inWork} requests are in work and ${waiting} wait`))
      askers.set(name, asker)
      if (isFree) {
        begin(asker)
        return undefined
      }
      return wait(name, asker, patienceMs)
    },
    leave: (name) => {
      const asker = askers.get(name)
      if (asker === undefined) return
      asker.inWork--
      inWork--
      if (waiting > 0) next()
      forgetIdle(name, asker)
    },
    get inWork() {
      return inWork
    },
    get waiting() {
      return waiting
    },
  }
}

function overloaded(why: string): Fault {
  return new Fault('OVERLOADED', `the server has as much to do as it accepts: ${why}`, { details: { retryAfter: 1 } })
}
