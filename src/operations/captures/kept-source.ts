import { posix } from 'node:path'
import type { CapturedContent, CapturedFiles } from '../../model/capture.ts'
import { compareText } from '../../model/order.ts'
import type { Source, SourceRead } from '../../workspace/source.ts'

/** A source that answers the same for as long as somebody holds it, and says what it was asked. */
export interface KeptSource {
  readonly source: Source
  /** All that was read or listed, by name, sorted. */
  files(): Promise<CapturedFiles>
}

/** Reads each file and makes each listing once. */
export function keepSource(source: Source): KeptSource {
  const reads = new Map<string, Promise<SourceRead>>()
  const listings = new Map<string, Promise<readonly string[]>>()
  const read = (given: string): Promise<SourceRead> => {
    const name = posix.normalize(given)
    const known = reads.get(name) ?? source.read(name)
    reads.set(name, known)
    return known
  }
  return {
    source: {
      name: source.name,
      read,
      list: (globs) => {
        const key = JSON.stringify(globs)
        const known = listings.get(key) ?? source.list(globs)
        listings.set(key, known)
        return known
      },
    },
    files: async () => {
      const listed = (await Promise.all(listings.values())).flat()
      const names = [...new Set([...reads.keys(), ...listed])].sort(compareText)
      const found = await Promise.all(names.map(async (name) => [name, await reads.get(name)] as const))
      return {
        files: Object.fromEntries(
          found.flatMap(([name, one]) => (one?.ok === true ? [[name, contentOf(one.bytes)] as const] : [])),
        ),
        unread: found.flatMap(([name, one]) => {
          if (one === undefined) return [{ name, reason: 'other' as const, message: `\`${name}\` was not read` }]
          return one.ok || one.reason === 'absent' ? [] : [{ name, reason: one.reason, message: one.message }]
        }),
      }
    },
  }
}

/** Bytes as text where that says the same. */
export function contentOf(bytes: Uint8Array): CapturedContent {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
  return Buffer.from(text).equals(bytes) ? text : { base64: Buffer.from(bytes).toString('base64') }
}

/** The bytes that `contentOf` was given. */
export function bytesOf(content: CapturedContent): Uint8Array {
  return typeof content === 'string' ? Buffer.from(content) : Buffer.from(content.base64, 'base64')
}
