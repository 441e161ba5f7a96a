import type { Coverage } from '../../../engine/protocol.ts'
import { branchOf, type Branch } from '../../../observation/pattern-set.ts'

/** How a place is looked at: as a whole, no longer, it was refused, by nobody, or only at some places below it. */
export type SightWord = 'covered' | 'stale' | 'refused' | 'unobserved' | 'partly'

/** Who looks at a place and below, stepped down label by label. */
export interface Sight {
  readonly word: SightWord
  /** Whether all below is looked at in the same way. */
  readonly isEven: boolean
  below(label: string): Sight
}

/** The sight of the root. A refusal beats what covers it, which beats what is stale. */
export function sightOf(coverage: readonly Coverage[]): Sight {
  const patterns = (status: Coverage['status']): Reached =>
    reached([branchOf(coverage.filter((one) => one.status === status).map(({ path }) => path))])
  return sight(patterns('refused'), patterns('covered'), patterns('stale'))
}

/** What patterns say from a place on: of all of it, or of what is left of them. */
type Reached = 'all' | readonly Branch[]

function reached(branches: readonly Branch[]): Reached {
  if (branches.some(({ isEnd }) => isEnd)) return 'all'
  return branches.filter(({ labels, any }) => labels.size > 0 || any !== undefined)
}

function sight(refused: Reached, covered: Reached, stale: Reached): Sight {
  const word = wordOf(refused, covered, stale)
  const isEven = refused === 'all' || (refused.length === 0 && isSettled(covered) && isSettled(stale))
  const here: Sight = {
    word,
    isEven,
    below: (label) => (isEven ? here : sight(stepped(refused, label), stepped(covered, label), stepped(stale, label))),
  }
  return here
}

function wordOf(refused: Reached, covered: Reached, stale: Reached): SightWord {
  if (refused === 'all') return 'refused'
  if (covered === 'all') return 'covered'
  if (covered.length > 0) return 'partly'
  if (stale === 'all') return 'stale'
  return refused.length > 0 || stale.length > 0 ? 'partly' : 'unobserved'
}

function isSettled(patterns: Reached): boolean {
  return patterns === 'all' || patterns.length === 0
}

function stepped(patterns: Reached, label: string): Reached {
  if (patterns === 'all') return 'all'
  return reached(patterns.flatMap(({ labels, any }) => [labels.get(label) ?? [], any ?? []].flat()))
}
