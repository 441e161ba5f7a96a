import { belowPacks, isPackFile } from '../../model/pack.ts'
import type { Change } from '../../model/review.ts'
import type { Folded } from './folded.ts'
import { plural } from './words.ts'

/** Changes for readers: those that somebody wrote, and of each pack those that follow, since no pack changes by itself. */
export interface SortedChanges {
  readonly own: readonly Folded<Change>[]
  readonly packs: readonly FollowingChanges[]
}

/** How constraints of a pack change by what is said elsewhere. */
export interface FollowingChanges {
  readonly pack: string
  /** `7 constraints are others: 5 added, 2 tighter; something is newly found at 3 of them` */
  readonly words: string
}

/** Sorts changes by whether all that makes one stands in one pack. */
export function sortedChanges(changes: readonly Folded<Change>[]): SortedChanges {
  const own: Folded<Change>[] = []
  const packs = new Map<string, Change[]>()
  for (const change of changes) {
    const pack = packOf(change.one)
    if (pack === undefined) own.push(change)
    else packs.set(pack, [...(packs.get(pack) ?? []), change.one])
  }
  return { own, packs: Array.from(packs, ([pack, of]) => ({ pack, words: wordsOf(of) })) }
}

function packOf({ conjuncts }: Change): string | undefined {
  const packs = new Set(conjuncts.map(({ file }) => (isPackFile(file) ? folderOf(belowPacks(file)) : undefined)))
  const [pack] = packs
  return packs.size === 1 ? pack : undefined
}

function folderOf(name: string): string {
  return name.slice(0, Math.max(0, name.lastIndexOf('/')))
}

function wordsOf(changes: readonly Change[]): string {
  const counts = new Map<string, number>()
  for (const { change } of changes) counts.set(change, (counts.get(change) ?? 0) + 1)
  const hit = changes.filter(({ hits = 0 }) => hits > 0).length
  return [
    `${plural(changes.length, 'constraint')} ${changes.length === 1 ? 'follows' : 'follow'}: ${[...counts].map(([change, count]) => `${count} ${change}`).join(', ')}`,
    ...(hit === 0 ? [] : [`something is newly found at ${hit} of them`]),
  ].join('; ')
}
