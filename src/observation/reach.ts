import type { PathPattern } from '../model/path.ts'
import type { Refused } from './adapters/adapter.ts'
import { branchOf, type Branch } from './pattern-set.ts'

/** How far a snapshot looked at one place and below; made for the root, then stepped down label by label. */
export interface Reach {
  /** Whether it looked here, completely but for what it was refused below. */
  readonly covered: boolean
  /** Whether it looked here and at everything below. */
  readonly whole: boolean
  /** Whether it looked at anything here or below. */
  readonly anywhere: boolean
  /** Labels below which it looked at anything. */
  labels(): 'any' | readonly string[]
  below(label: string): Reach
}

/** The reach of a snapshot at the root. */
export function reachOf(covers: readonly PathPattern[], refused: readonly Refused[]): Reach {
  return reach([branchOf(covers)], [branchOf(refused.map(({ path }) => path))])
}

const nowhere: Reach = { covered: false, whole: false, anywhere: false, labels: () => [], below: () => nowhere }
const everywhere: Reach = { covered: true, whole: true, anywhere: true, labels: () => 'any', below: () => everywhere }

/** `covers` is empty once something above covers all. */
function reach(covers: readonly Branch[] | 'all', refusals: readonly Branch[]): Reach {
  if (refusals.some(({ isEnd }) => isEnd)) return nowhere
  const open = refusals.filter(isFork)
  if (covers === 'all' || covers.some(({ isEnd }) => isEnd)) {
    if (open.length === 0) return everywhere
    return {
      covered: true,
      whole: false,
      anywhere: true,
      labels: () => 'any',
      below: (label) => reach('all', stepped(open, label)),
    }
  }
  const named = covers.filter(isFork)
  if (named.length === 0) return nowhere
  return {
    covered: false,
    whole: false,
    anywhere: true,
    labels: () => labelsOf(named),
    below: (label) => reach(stepped(named, label), stepped(open, label)),
  }
}

function stepped(branches: readonly Branch[], label: string): readonly Branch[] {
  return branches.flatMap(({ labels, any }) => [labels.get(label) ?? [], any ?? []].flat())
}

function isFork({ labels, any }: Branch): boolean {
  return labels.size > 0 || any !== undefined
}

function labelsOf(branches: readonly Branch[]): ReturnType<Reach['labels']> {
  if (branches.some(({ any }) => any !== undefined)) return 'any'
  return branches.flatMap(({ labels }) => [...labels.keys()])
}
