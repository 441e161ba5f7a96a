/** How many of the things that are wrong were told, and how many that are not. */
export interface Found {
  readonly right: number
  /** How many there are to be told. */
  readonly of: number
  readonly wrong: number
}

/** Counts what was named, each name once, against what should have been. */
export function countFound(expected: ReadonlySet<string>, named: Iterable<string>): Found {
  const told = new Set(named)
  const right = [...told].filter((name) => expected.has(name)).length
  return { right, of: expected.size, wrong: told.size - right }
}

/** Of several runs the one that missed most, and of those the one that told most that is not wrong. */
export function worstFound(all: readonly Found[]): Found | undefined {
  return all.toSorted((a, b) => b.of - b.right - (a.of - a.right) || b.wrong - a.wrong)[0]
}
