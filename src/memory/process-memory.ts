import type { Memory } from './memory.ts'

const defaultMaxBytes = 64 * 1024 * 1024
/** What an entry costs beside its characters: two strings and a place in a map. */
const overhead = 128

/** Remembers in this process, up to a number of bytes; what was not used for longest is forgotten first. */
export function processMemory({ maxBytes = defaultMaxBytes }: { readonly maxBytes?: number } = {}): Memory {
  // A map keeps the order in which keys were put in: its first is the one that was not used for longest.
  const texts = new Map<string, string>()
  let bytes = 0
  const forget = (key: string, text: string): void => {
    texts.delete(key)
    bytes -= costOf(key, text)
  }
  return {
    recall: async (keys) => {
      const found = new Map<string, string>()
      for (const key of keys) {
        const text = texts.get(key)
        if (text === undefined) continue
        texts.delete(key)
        texts.set(key, text)
        found.set(key, text)
      }
      return found
    },
    remember: (entries) => {
      for (const [key, text] of entries) {
        const before = texts.get(key)
        if (before !== undefined) forget(key, before)
        const cost = costOf(key, text)
        if (cost > maxBytes) continue
        texts.set(key, text)
        bytes += cost
      }
      for (const [key, text] of texts) {
        if (bytes <= maxBytes) break
        forget(key, text)
      }
    },
    flush: async () => undefined,
  }
}

function costOf(key: string, text: string): number {
  return 2 * (key.length + text.length) + overhead
}
