/** Choices out of a seed: the same seed makes the same choices on every machine. */
export interface Choice {
  /** An integer from 0 to `below - 1`. */
  number(below: number): number
  /** True so many times out of a hundred. */
  percent(share: number): boolean
  of<T>(list: readonly T[]): T
  /** Some members of a list, in its order, each with a chance of so many percent. */
  some<T>(list: readonly T[], share: number): readonly T[]
}

/** Choices by the generator mulberry32. */
export function choices(seed: number): Choice {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const number = (below: number): number => Math.floor(next() * below)
  const percent = (share: number): boolean => number(100) < share
  return {
    number,
    percent,
    of: (list) => {
      const chosen = list[number(list.length)]
      if (chosen === undefined) throw new Error('nothing to choose from')
      return chosen
    },
    some: (list, share) => list.filter(() => percent(share)),
  }
}
