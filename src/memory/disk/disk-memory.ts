import { groupOf, noMemory, type Memory } from '../memory.ts'
import { releaseStamp } from '../../version.ts'
import { readFile, replaceFile } from './files.ts'
import { largestPack, readPack, writePack, type Texts } from './pack.ts'
import { fileOf, findPlace, liesIn, makePlace, type Place } from './place.ts'
import { makeRoom } from './size-bound.ts'

/** Where and how much to remember. */
export interface DiskMemoryOptions {
  /** The folder, absolute; made with the first text that is to be kept. It is for nothing else. */
  readonly folder: string
  /** All that answers depend on beside what they are about, such as the version: what was remembered under another is not found. Default: the installed version. */
  readonly scope?: string
  /** Folders in which it must not lie: whoever can write to a workspace could plant an answer. */
  readonly outside?: readonly string[]
  /** Default 256 MiB. */
  readonly maxBytes?: number
  readonly clock?: () => number
}

/** How much is remembered on disk at most. */
export const defaultMaxBytes = 256 * 1024 * 1024
/** Unused texts of a group that are always kept; of more, no more than of the used ones. */
const leastUnused = 1024 * 1024
/** Of a pack, for what is in it beside entries. */
const headRoom = 100
/** How long texts wait for others before they are kept. */
const delayMs = 500

/**
 * Remembers in files of this user, each with the texts of one group, sealed with a secret that only this user can read. Whatever is in the
 * way (a folder of somebody else, a full disk, a broken file) is as if nothing were remembered.
 */
export function diskMemory(options: DiskMemoryOptions): Memory {
  const { folder, scope = releaseStamp(), outside = [], maxBytes = defaultMaxBytes, clock = Date.now } = options
  if (outside.some((around) => liesIn(folder, around))) return noMemory
  const waiting = new Map<string, Map<string, string>>()
  const used = new Map<string, Set<string>>()
  let timer: NodeJS.Timeout | undefined
  let place: Place | undefined

  const nameOf = (group: string): string => JSON.stringify([scope, group])
  const read = (group: string, wanted?: ReadonlySet<string>): Texts => {
    place ??= findPlace(folder)
    const pack = place === undefined ? undefined : readFile(fileOf(place, nameOf(group)), largestPack, clock())
    if (place === undefined || pack === undefined) return new Map()
    return readPack(pack, nameOf(group), place.secret, wanted) ?? new Map<string, string>()
  }
  const keep = (group: string, fresh: Texts): void => {
    const before = read(group)
    const texts = bounded(fresh, before, used.get(group) ?? new Set(), Math.min(largestPack, maxBytes / 4) - headRoom)
    const at = findPlace(folder) ?? makePlace(folder)
    place = at
    const pack = writePack(texts, nameOf(group), at.secret)
    if (texts.size === 0) return
    makeRoom(at, pack.length, maxBytes, clock())
    replaceFile(fileOf(at, nameOf(group)), pack)
  }
  const keepAll = (): void => {
    clearTimeout(timer)
    timer = undefined
    const groups = [...waiting]
    waiting.clear()
    try {
      for (const [group, texts] of groups) keep(group, texts)
    } catch {
      // The disk is full, or may not be written to: what cannot be kept is worked out again.
    }
    used.clear()
  }
  return {
    recall: async (keys) => {
      const found = new Map<string, string>()
      for (const [group, wanted] of byGroup(keys)) {
        const texts = new Map([...quietly(() => read(group, wanted)), ...(waiting.get(group) ?? [])])
        for (const key of wanted) {
          const text = texts.get(key)
          if (text === undefined) continue
          found.set(key, text)
          used.set(group, (used.get(group) ?? new Set<string>()).add(key))
        }
      }
      return found
    },
    remember: (entries) => {
      for (const [key, text] of entries) {
        if (hasHalfCharacters(text)) continue
        const group = groupOf(key)
        waiting.set(group, (waiting.get(group) ?? new Map<string, string>()).set(key, text))
      }
      if (waiting.size > 0) timer ??= setTimeout(keepAll, delayMs).unref()
    },
    flush: async () => keepAll(),
  }
}

function quietly(look: () => Texts): Texts {
  try {
    return look()
  } catch {
    return new Map()
  }
}

function byGroup(keys: readonly string[]): ReadonlyMap<string, ReadonlySet<string>> {
  const groups = new Map<string, Set<string>>()
  for (const key of keys) groups.set(groupOf(key), (groups.get(groupOf(key)) ?? new Set<string>()).add(key))
  return groups
}

/** New texts, then used ones, then others while they are not more than these; of all no more than a pack of `most` bytes. */
function bounded(fresh: Texts, before: Texts, used: ReadonlySet<string>, most: number): Texts {
  const texts = new Map<string, string>()
  let size = 0
  const take = (some: Iterable<readonly [string, string]>, limit: number): void => {
    for (const [key, text] of some) {
      const cost = costOf(key, text)
      if (size + cost > limit) continue
      texts.set(key, text)
      size += cost
    }
  }
  take(fresh, most)
  const others = [...before].filter(([key]) => !fresh.has(key))
  take(
    others.filter(([key]) => used.has(key)),
    most,
  )
  take(
    others.filter(([key]) => !used.has(key)),
    Math.min(most, Math.max(leastUnused, 2 * size)),
  )
  return texts
}

/** Bytes of a pack that an entry takes, or a little more. */
function costOf(key: string, text: string): number {
  return Buffer.byteLength(JSON.stringify(key)) + Buffer.byteLength(text) + 16
}

/** A text that UTF-8 cannot hold as it is. */
function hasHalfCharacters(text: string): boolean {
  return /\p{Cs}/u.test(text)
}
