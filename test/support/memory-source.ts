import { matchesGlob } from 'node:path'
import type { Source } from '../../src/workspace/source.ts'

/** A workspace in memory: names to texts. */
export function memorySource(files: Readonly<Record<string, string>>): Source {
  const held = new Map(Object.entries(files))
  return {
    name: 'memory',
    read: async (name) => {
      const text = held.get(name)
      return text === undefined
        ? { ok: false, reason: 'absent', message: `there is no file \`${name}\`` }
        : { ok: true, bytes: Buffer.from(text) }
    },
    list: async (globs) => [...held.keys()].filter((name) => globs.some((glob) => matchesGlob(name, glob))).toSorted(),
  }
}
