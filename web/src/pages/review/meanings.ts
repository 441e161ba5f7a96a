import type { ReviewChange } from '../../api/operations.ts'

/** Changes that go the same way. */
export interface Meaning {
  readonly name: string
  readonly hint: string
  readonly sign: string
  readonly kinds: readonly ReviewChange['change'][]
}

/** Ways in which a constraint changes, in the order in which one has to know of them. */
export const meanings = [
  { name: 'Tighter', hint: 'less is allowed', sign: '▶◀', kinds: ['tighter'] },
  { name: 'New', hint: 'was not constrained', sign: '+', kinds: ['added'] },
  {
    name: 'Neither',
    hint: 'some values allowed, others refused; or not proven',
    sign: '⇄',
    kinds: ['changed', 'unordered'],
  },
  { name: 'Defaults', hint: 'what is filled in when nobody says', sign: '∗', kinds: ['default'] },
  { name: 'Looser', hint: 'more is allowed', sign: '◀▶', kinds: ['looser'] },
  { name: 'Gone', hint: 'no longer constrained here', sign: '−', kinds: ['removed'] },
] as const satisfies readonly Meaning[]

/** How many changes allow less, more, something else, or only other defaults. */
export interface Directions {
  readonly tighter: number
  readonly looser: number
  readonly otherwise: number
  readonly defaults: number
}

/** Counts changes by the way in which they go. */
export function directionsOf(changes: readonly ReviewChange[]): Directions {
  const of = (...kinds: readonly ReviewChange['change'][]): number =>
    changes.filter(({ change }) => kinds.includes(change)).length
  return {
    tighter: of('tighter', 'added'),
    looser: of('looser', 'removed'),
    otherwise: of('changed', 'unordered'),
    defaults: of('default'),
  }
}

/** Which way it goes, in words that follow the name of an environment: `makes prod stricter`. */
export function directionWords(name: string, { tighter, looser, otherwise, defaults }: Directions): string {
  if (tighter + looser + otherwise + defaults === 0) return `changes nothing that ${name} asks for`
  if (otherwise === 0 && looser === 0 && tighter > 0) return `makes ${name} stricter`
  if (otherwise === 0 && tighter === 0 && looser > 0) return `makes ${name} looser`
  if (tighter + looser + otherwise === 0) return `changes defaults of ${name} only`
  if (tighter + looser === 0) return `makes ${name} neither stricter nor looser, but different in ${places(otherwise)}`
  const parts = [
    ...(tighter > 0 ? [`stricter in ${places(tighter)}`] : []),
    ...(looser > 0 ? [`looser in ${places(looser)}`] : []),
    ...(otherwise > 0 ? [`different in ${places(otherwise)}`] : []),
  ]
  return `makes ${name} ${listed(parts)}`
}

function places(count: number): string {
  return count === 1 ? 'one place' : `${count.toLocaleString('en')} places`
}

/** `a`, `a and b`, `a, b and c` */
export function listed(parts: readonly string[]): string {
  if (parts.length < 2) return parts.join('')
  return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`
}
