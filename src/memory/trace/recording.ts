import { hash } from 'node:crypto'
import type { Listing, Source, SourceRead } from '../../workspace/source.ts'
import type { Call, Seen, World } from './world.ts'

/** A world whose every answer is noted. What it was asked once it answers again without looking, as long as there is room for it. */
export interface Recording {
  readonly world: World
  /** Whether the world gives to a call what it gave once; asks it as a run would, or less. */
  isAsSeen(seen: Seen): Promise<boolean>
  /** What the world was asked, each call once and after all that it may have been asked for. Undefined if it gave two answers to one call, or none. */
  seen(): readonly Seen[] | undefined
}

const defaultKeepBytes = 64 * 1024 * 1024
/** Of more folders, listing them again is cheaper than knowing each. */
const mostFolders = 1000

/** Watches a world. */
export function record(world: World, { keepBytes = defaultKeepBytes } = {}): Recording {
  const digests = new Map<string, Seen>()
  let room = keepBytes
  let differed = false
  /** What a run makes of no answer at all cannot be told later. */
  const unanswered = (error: unknown): never => {
    differed = true
    throw error
  }
  /** Notes what calls of one kind give, and keeps it. */
  const noting = <T>(contentOf: (given: T) => string | Uint8Array, more: (given: T) => Partial<Seen> = () => ({})) => {
    const kept = new Map<string, Promise<T>>()
    return (call: Call, ask: () => Promise<T>): Promise<T> => {
      const key = JSON.stringify(call)
      const known = kept.get(key)
      if (known !== undefined) return known
      const asking = ask().then((given) => {
        const content = contentOf(given)
        const digest = digestOf(content)
        if ((digests.get(key)?.digest ?? digest) !== digest) differed = true
        if (!digests.has(key)) digests.set(key, { call, digest, ...more(given) })
        room -= content.length
        if (room < 0) kept.delete(key)
        return given
      }, unanswered)
      kept.set(key, asking)
      return asking
    }
  }
  const reading = noting(contentOfRead)
  const listing = noting<Found>(({ names }) => JSON.stringify(names), foldersOf)
  const finding = noting<string | undefined>((path) => path ?? '')
  const { source, files, stdin } = world
  const watched: World = {
    source: {
      name: source.name,
      read: (name) => reading(['read', name], () => source.read(name)),
      list: async (globs) => (await listing(['list', ...globs], () => found(source, globs))).names,
      ...(source.above && { above: (name) => finding(['above', name], async () => source.above?.(name)) }),
    },
    ...(files && {
      files: files.map((file, position) => ({
        name: file.name,
        read: () => reading(['file', position], () => file.read()),
      })),
    }),
    ...(stdin && { stdin: () => reading(['stdin'], stdin) }),
  }
  const shown = new Map<string, Promise<string>>()
  const show = (folder: string): Promise<string> => {
    const showing = shown.get(folder) ?? Promise.resolve(source.show?.(folder) ?? '').then(digestOf)
    shown.set(folder, showing)
    return showing
  }
  const allShow = async (folders: NonNullable<Seen['folders']>): Promise<boolean> => {
    for (const [folder, digest] of folders) if ((await show(folder)) !== digest) return false
    return true
  }
  return {
    world: watched,
    isAsSeen: async ({ call, digest, folders }) => {
      if (folders !== undefined && (await allShow(folders))) return true
      await ask(watched, call)
      return digests.get(JSON.stringify(call))?.digest === digest
    },
    seen: () => (differed ? undefined : [...digests.values()]),
  }
}

function globsOf([, ...globs]: Extract<Call, readonly ['list', ...(readonly string[])]>): readonly string[] {
  return globs
}

async function ask({ source, files, stdin }: World, call: Call): Promise<unknown> {
  if (call[0] === 'read') return source.read(call[1])
  if (call[0] === 'list') return source.list(globsOf(call))
  if (call[0] === 'above') return source.above?.(call[1])
  if (call[0] === 'file') return files?.[call[1]]?.read()
  return stdin?.()
}

/** A listing, and where the source can tell, what it was found by. */
type Found = Pick<Listing, 'names'> & Partial<Listing>

async function found(source: Source, globs: readonly string[]): Promise<Found> {
  return source.look === undefined ? { names: await source.list(globs) } : source.look(globs)
}

function foldersOf({ folders }: Found): Partial<Seen> {
  if (folders === undefined || folders.length > mostFolders) return {}
  return { folders: folders.map(({ folder, shows }) => [folder, digestOf(shows)] as const) }
}

/** Bytes as they are, and a refusal as a text, so that their digests differ. */
function contentOfRead(read: SourceRead): string | Uint8Array {
  return read.ok ? read.bytes : JSON.stringify([read.reason, read.message])
}

function digestOf(content: string | Uint8Array): string {
  return `${typeof content} ${hash('sha256', content, 'base64url')}`
}
