import { Fault } from '../../errors.ts'

/** A request that must end some time. */
export interface Timed {
  /** In milliseconds of `performance.now()`. */
  readonly until: number
  expire(fault: Fault): void
}

/** Ends requests that take too long, with one timer for all of them: a timer each would cost more than most requests. */
export interface Deadlines {
  add(timed: Timed): void
  delete(timed: Timed): void
  /** Ends those that have no deadline: they would never end by themselves. */
  endStaying(): void
  close(): void
}

// Whoever does the work is to say in its own words that it took too long, and has this long for it.
const graceMs = 1000

/** Looks every so often which requests are over. */
export function createDeadlines(everyMs = 250): Deadlines {
  const open = new Set<Timed>()
  const end = (timed: Timed, fault: Fault): void => {
    open.delete(timed)
    timed.expire(fault)
  }
  const timer = setInterval(() => {
    const now = performance.now()
    for (const timed of open) {
      if (timed.until + graceMs < now)
        end(timed, new Fault('ENGINE_DEADLINE', 'the request took longer than its deadline; ask for less at a time'))
    }
  }, everyMs)
  timer.unref()
  return {
    add: (timed) => open.add(timed),
    delete: (timed) => open.delete(timed),
    endStaying: () => {
      for (const timed of open)
        if (timed.until === Infinity) end(timed, new Fault('OVERLOADED', 'the server closes; ask again'))
    },
    close: () => clearInterval(timer),
  }
}
