/** Work of which only so much goes on at a time. */
export interface WorkAtATime {
  /** Begins it: at once (undefined), or as soon as there is room, when the answer resolves. */
  begin(work: () => Promise<void>): Promise<void> | undefined
  isAny(): boolean
  /** Resolves when some of the work is done. */
  oneDone(): Promise<void>
}

/** At most so much at a time; what waits begins in the order in which it came. */
export function workAtATime(most: number): WorkAtATime {
  let count = 0
  let waiting: (() => void)[] = []
  let told: (() => void)[] = []
  const end = (): void => {
    count -= 1
    const [next, ...others] = waiting
    waiting = others
    next?.()
    const all = told
    told = []
    for (const tell of all) tell()
  }
  const start = (work: () => Promise<void>): void => {
    count += 1
    void work().finally(end)
  }
  return {
    begin: (work) => {
      if (count < most) {
        start(work)
        return undefined
      }
      return new Promise((resolve) => {
        waiting.push(() => {
          start(work)
          resolve()
        })
      })
    },
    isAny: () => count > 0,
    oneDone: () => new Promise((resolve) => void told.push(resolve)),
  }
}
