import type { Memory } from './memory.ts'

/** Asks the near memory first and the far one for the rest, which the near one then has, too. */
export function layeredMemory(near: Memory, far: Memory): Memory {
  return {
    recall: async (keys) => {
      const found = await near.recall(keys)
      const rest = keys.filter((key) => !found.has(key))
      if (rest.length === 0) return found
      const fetched = await far.recall(rest)
      near.remember([...fetched])
      return new Map([...found, ...fetched])
    },
    remember: (entries) => {
      near.remember(entries)
      far.remember(entries)
    },
    flush: async () => {
      await Promise.all([near.flush(), far.flush()])
    },
  }
}
