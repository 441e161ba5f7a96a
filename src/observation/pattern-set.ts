import type { PathPattern } from '../model/path.ts'

/** One label of many patterns, by what follows it. */
interface Node {
  readonly labels: Map<string, Node>
  any?: Node
  isEnd: boolean
}

/** Tells whether one of many patterns contains a pattern, in time that does not grow with their number. */
export function patternSet(patterns: readonly PathPattern[]): (pattern: PathPattern) => boolean {
  const root = emptyNode()
  for (const pattern of patterns) add(root, pattern)
  return (pattern) => isContained(root, pattern, 0)
}

/** The patterns that no other one contains, each once; the shortest first. */
export function widestPatterns(patterns: readonly PathPattern[]): readonly PathPattern[] {
  const root = emptyNode()
  const kept: PathPattern[] = []
  for (const pattern of patterns.toSorted((a, b) => a.length - b.length || wildcards(b) - wildcards(a))) {
    if (isContained(root, pattern, 0)) continue
    add(root, pattern)
    kept.push(pattern)
  }
  return kept
}

function add(root: Node, pattern: PathPattern): void {
  let node = root
  for (const label of pattern) {
    const known = label === null ? node.any : node.labels.get(label)
    const next = known ?? emptyNode()
    if (label === null) node.any = next
    else node.labels.set(label, next)
    node = next
  }
  node.isEnd = true
}

function isContained(node: Node, pattern: PathPattern, from: number): boolean {
  if (node.isEnd) return true
  if (from === pattern.length) return false
  const label = pattern[from]
  const named = typeof label === 'string' ? node.labels.get(label) : undefined
  return (
    (named !== undefined && isContained(named, pattern, from + 1)) ||
    (node.any !== undefined && isContained(node.any, pattern, from + 1))
  )
}

function wildcards(pattern: PathPattern): number {
  return pattern.filter((label) => label === null).length
}

function emptyNode(): Node {
  return { labels: new Map(), isEnd: false }
}
