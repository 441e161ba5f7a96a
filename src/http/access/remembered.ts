import { keepNewest } from '../../model/keep-newest.ts'

/** What was found out, and until when, in milliseconds since 1970, it may be believed. */
export interface Believed<T> {
  readonly value: T
  readonly until: number
}

/**
 * Remembers for a short time what a key gave, and asks once for all who ask at the same time. What is known is answered at once, not by a
 * promise. A failure is not remembered.
 */
export function remembered<T>(
  find: (key: string) => Promise<Believed<T>>,
  { most, now }: { readonly most: number; readonly now: () => number },
): (key: string) => T | Promise<T> {
  const known = new Map<string, Believed<T>>()
  const asked = new Map<string, Promise<T>>()
  const ask = async (key: string): Promise<T> => {
    const found = await find(key)
    keepNewest(known, key, found, most)
    return found.value
  }
  return (key) => {
    const found = known.get(key)
    if (found !== undefined && now() < found.until) return found.value
    known.delete(key)
    const before = asked.get(key)
    if (before !== undefined) return before
    const asking = ask(key).finally(() => asked.delete(key))
    asked.set(key, asking)
    return asking
  }
}
