/** Works on everything, so many at a time, and answers in the order given. The first failure ends it. */
export async function inLanes<T, R>(
  all: readonly T[],
  lanes: number,
  work: (one: T, index: number) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = []
  const waiting = all.entries()
  const lane = async (): Promise<void> => {
    for (const [index, one] of waiting) results[index] = await work(one, index)
  }
  await Promise.all(Array.from({ length: Math.min(lanes, all.length) }, lane))
  return results
}
