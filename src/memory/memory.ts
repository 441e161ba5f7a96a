/**
 * Texts that were worked out once, by a key that names all they depend on. Forgetting any of them at any time changes no answer, only
 * its cost; what is remembered is JSON text, never code. Keys that are the same up to their last `/` belong to one group, which is kept in
 * one place: asking for some of a group costs about as much as asking for one.
 */
export interface Memory {
  /** What is remembered of these keys; others are absent. Never rejects. */
  recall(keys: readonly string[]): Promise<ReadonlyMap<string, string>>
  /** Remembers texts that are used together; returns before they are kept anywhere that lasts. */
  remember(entries: readonly (readonly [key: string, text: string])[]): void
  /** Waits until all that was to be remembered is kept, or given up. Never rejects. */
  flush(): Promise<void>
}

/** The group of a key. */
export function groupOf(key: string): string {
  return key.slice(0, key.lastIndexOf('/') + 1)
}

/** Remembers nothing. */
export const noMemory: Memory = {
  recall: async () => new Map(),
  remember: () => undefined,
  flush: async () => undefined,
}
