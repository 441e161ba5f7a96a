import { Fault } from '../../errors.ts'

/** A request that must end some time. */
export interface Timed {
  /** In milliseconds of `performance.now()`. */
  readonly until: number
  /** Where it stands among those that are open; undefined where it does not. Kept by whoever it is added to. */
  place?: number | undefined
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
  const open = openRequests()
  const end = (timed: Timed, fault: Fault): void => {
    open.delete(timed)
    timed.expire(fault)
  }
  const timer = setInterval(() => {
    const now = performance.now()
    for (const timed of open.all()) {
      if (timed.until + graceMs < now)
        end(timed, new Fault('ENGINE_DEADLINE', 'the request took longer than its deadline; ask for less at a time'))
    }
  }, everyMs)
  timer.unref()
  return {
    add: (timed) => open.add(timed),
    delete: (timed) => open.delete(timed),
    endStaying: () => {
      for (const timed of open.all())
        if (timed.until === Infinity) end(timed, new Fault('OVERLOADED', 'the server closes; ask again'))
    },
    close: () => clearInterval(timer),
  }
}

/**
 * Those that are open, each at its place in a list. A set would do, but each time it outgrows or thins out it is made anew, and the old
 * one, which still holds requests, keeps the new one from being collected until all memory is looked through.
 */
function openRequests() {
  const list: Timed[] = []
  return {
    add: (timed: Timed): void => {
      timed.place = list.push(timed) - 1
    },
    delete: (timed: Timed): void => {
      const { place } = timed
      const last = place === undefined ? undefined : list.pop()
      if (place === undefined || last === undefined) return
      timed.place = undefined
      if (last === timed) return
      list[place] = last
      last.place = place
    },
    all: (): readonly Timed[] => [...list],
  }
}
