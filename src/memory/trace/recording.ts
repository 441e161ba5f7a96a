import { hash } from 'node:crypto'
import type { SourceRead } from '../../workspace/source.ts'
import type { Call, Seen, World } from './world.ts'

/** A world whose every answer is noted. What it was asked once it answers again without looking, as long as there is room for it. */
export interface Recording {
  readonly world: World
  /** Asks the world as a run would, and answers the digest of what it gives. */
  digestOf(call: Call): Promise<string>
  /** What the world was asked, each call once and after all that it may have been asked for. Undefined if it gave two answers to one call. */
  seen(): readonly Seen[] | undefined
}

const defaultKeepBytes = 64 * 1024 * 1024

/** Watches a world. */
export function record(world: World, { keepBytes = defaultKeepBytes } = {}): Recording {
  const digests = new Map<string, Seen>()
  let room = keepBytes
  let differed = false
  /** Notes what calls of one kind give, and keeps it. */
  const noting = <T>(contentOf: (given: T) => string | Uint8Array) => {
    const kept = new Map<string, Promise<T>>()
    return (call: Call, ask: () => Promise<T>): Promise<T> => {
      const key = JSON.stringify(call)
      const known = kept.get(key)
      if (known !== undefined) return known
      const asking = ask().then((given) => {
        const content = contentOf(given)
        const digest = `${typeof content} ${hash('sha256', content, 'base64url')}`
        if ((digests.get(key)?.digest ?? digest) !== digest) differed = true
        if (!digests.has(key)) digests.set(key, { call, digest })
        room -= content.length
        if (room < 0) kept.delete(key)
        return given
      })
      kept.set(key, asking)
      return asking
    }
  }
  const reading = noting(contentOfRead)
  const listing = noting<readonly string[]>(JSON.stringify)
  const finding = noting<string | undefined>((path) => path ?? '')
  const { source, files, stdin } = world
  const watched: World = {
    source: {
      name: source.name,
      read: (name) => reading(['read', name], () => source.read(name)),
      list: (globs) => listing(['list', ...globs], () => source.list(globs)),
      ...(source.above && { above: (name) => finding(['above', name], async () => source.above?.(name)) }),
    },
    ...(files && {
      files: files.map((file) => ({
        name: file.name,
        read: () => reading(['file', file.name], () => file.read()),
      })),
    }),
    ...(stdin && { stdin: () => reading(['stdin'], stdin) }),
  }
  return {
    world: watched,
    digestOf: async (call) => {
      await ask(watched, call)
      return digests.get(JSON.stringify(call))?.digest ?? ''
    },
    seen: () => (differed ? undefined : [...digests.values()]),
  }
}

async function ask({ source, files, stdin }: World, call: Call): Promise<unknown> {
  const [kind, name = ''] = call
  if (kind === 'read') return source.read(name)
  if (kind === 'list') return source.list(call.slice(1))
  if (kind === 'above') return source.above?.(name)
  if (kind === 'stdin') return stdin?.()
  return files?.find((file) => file.name === name)?.read()
}

/** Bytes as they are, and a refusal as a text, so that their digests differ. */
function contentOfRead(read: SourceRead): string | Uint8Array {
  return read.ok ? read.bytes : JSON.stringify([read.reason, read.message])
}
