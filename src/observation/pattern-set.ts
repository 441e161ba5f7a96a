import type { PathPattern } from '../model/path.ts'

/** What follows one label of many patterns. */
export interface Branch {
  readonly labels: Map<string, Branch>
  /** What follows `*`. */
  any?: Branch
  /** Whether a pattern ends here. */
  isEnd: boolean
}

/** Many patterns as one tree. */
export function branchOf(patterns: readonly PathPattern[]): Branch {
  const root = emptyBranch()
  for (const pattern of patterns) add(root, pattern)
  return root
}

/** Tells whether one of many patterns contains a pattern, in time that does not grow with their number. */
export function patternSet(patterns: readonly PathPattern[]): (pattern: PathPattern) => boolean {
  const root = branchOf(patterns)
  return (pattern) => isContained(root, pattern, 0)
}

/** Finds what is kept under the patterns that contain a pattern; of one pattern in the given order. */
export function patternIndex<Kept>(
  entries: readonly (readonly [PathPattern, Kept])[],
): (pattern: PathPattern) => readonly Kept[] {
  const root = emptyBranch()
  const kept = new Map<Branch, Kept[]>()
  for (const [pattern, value] of entries) {
    const end = add(root, pattern)
    const known = kept.get(end)
    if (known) known.push(value)
    else kept.set(end, [value])
  }
  return (pattern) => {
    const found: Kept[] = []
    let branches: readonly Branch[] = [root]
    for (const label of [...pattern, undefined]) {
      for (const branch of branches) for (const value of kept.get(branch) ?? []) found.push(value)
      if (label === undefined) break
      branches = branches.flatMap(({ labels, any }) =>
        [(label === null ? undefined : labels.get(label)) ?? [], any ?? []].flat(),
      )
    }
    return found
  }
}

/** The patterns that no other one contains, each once; the shortest first. */
export function widestPatterns(patterns: readonly PathPattern[]): readonly PathPattern[] {
  const root = emptyBranch()
  const kept: PathPattern[] = []
  for (const pattern of patterns.toSorted((a, b) => a.length - b.length || wildcards(b) - wildcards(a))) {
    if (isContained(root, pattern, 0)) continue
    add(root, pattern)
    kept.push(pattern)
  }
  return kept
}

function add(root: Branch, pattern: PathPattern): Branch {
  let branch = root
  for (const label of pattern) {
    const known = label === null ? branch.any : branch.labels.get(label)
    const next = known ?? emptyBranch()
    if (label === null) branch.any = next
    else branch.labels.set(label, next)
    branch = next
  }
  branch.isEnd = true
  return branch
}

function isContained(branch: Branch, pattern: PathPattern, from: number): boolean {
  if (branch.isEnd) return true
  if (from === pattern.length) return false
  const label = pattern[from]
  const named = typeof label === 'string' ? branch.labels.get(label) : undefined
  return (
    (named !== undefined && isContained(named, pattern, from + 1)) ||
    (branch.any !== undefined && isContained(branch.any, pattern, from + 1))
  )
}

function wildcards(pattern: PathPattern): number {
  return pattern.filter((label) => label === null).length
}

function emptyBranch(): Branch {
  return { labels: new Map(), isEnd: false }
}
