import type { Outcome } from '../../../model/finding.ts'
import { compareText } from '../../../model/order.ts'
import { formatPath, type Path } from '../../../model/path.ts'
import type { TrackedFinding } from '../../../model/tracked-finding.ts'
import { levelOf, type LevelEntry } from '../../../review/cue-level.ts'
import { cueOutline, outlineAt, type CueOutline } from '../../../review/cue-outline.ts'
import type { RequestOptions } from '../../dependencies.ts'
import type { StoredDependencies } from '../dependencies.ts'
import { environmentIn, inForce } from '../in-force.ts'

/** Which level of a desired state, and what of it. */
export interface TreeInput extends Pick<RequestOptions, 'deadlineMs' | 'signal'> {
  readonly workspace: string
  /** Needed where there are several. */
  readonly environment?: string
  /** Default: now. */
  readonly at?: Date
  readonly path: Path
  /** Levels below the path: 1 are its labels. */
  readonly depth: number
  /** `findings`: only what has findings at it or below. */
  readonly show: 'all' | 'findings'
  /** A text in a label or a value, whatever its case. */
  readonly q?: string
  /** The most labels of a level. */
  readonly limit: number
}

/** A label with all that is found at it and below. */
export interface TreeNode extends Omit<LevelEntry, 'kind'> {
  readonly path: Path
  readonly at: string
  /** `found`: the desired state says nothing there, and something was found. */
  readonly kind: LevelEntry['kind'] | 'found'
  readonly findings: Readonly<Record<Outcome, number>>
  readonly children?: TreeLevel
}

/** Labels of one level, sorted. */
export interface TreeLevel {
  readonly items: readonly TreeNode[]
  /** Labels beyond the limit, and those that `show` or `q` hide. */
  readonly more: number
  readonly hidden: number
}

/** A part of the desired state, a level at a time. */
export interface Tree extends TreeLevel {
  readonly workspace: string
  readonly environment: string
  readonly revision: number
  readonly path: Path
  readonly at: string
  /** Where the path names no struct: its CUE text. */
  readonly text?: string
  /** Of the path itself and all below. */
  readonly findings: Readonly<Record<Outcome, number>>
}

/** The desired state at a path as a tree, with the findings that stood at a moment rolled up. */
export async function tree(
  dependencies: Pick<StoredDependencies, 'congruent' | 'store' | 'sourceOf'>,
  input: TreeInput,
): Promise<Tree> {
  const { congruent } = dependencies
  const { workspace, at, path, deadlineMs, signal } = input
  const { revision, source, read } = await inForce(dependencies, workspace, at)
  const environment = environmentIn(read, input.environment)
  const [{ desired }, findings] = await Promise.all([
    congruent.unify({
      source,
      environment,
      path,
      want: ['cue'],
      ...(deadlineMs === undefined ? {} : { deadlineMs }),
      ...(signal === undefined ? {} : { signal }),
    }),
    findingsBelow(dependencies, input, environment),
  ])
  const outline = cueOutline(desired.cue ?? '')
  return {
    workspace,
    environment,
    revision: revision.revision,
    path,
    at: formatPath(path),
    ...(outline.fields === undefined ? { text: outline.text } : {}),
    findings: tally(findings),
    ...levelBelow(input, path, outline, findings, input.depth),
  }
}

function levelBelow(
  input: TreeInput,
  path: Path,
  outline: CueOutline | undefined,
  findings: readonly TrackedFinding[],
  depth: number,
): TreeLevel {
  const below = byLabel(findings, path.length)
  const said = outline === undefined ? [] : levelOf(outline)
  const labels = new Set(said.map(({ label }) => label))
  const unsaid = [...below.keys()].filter((label) => !labels.has(label))
  const all: readonly (Omit<LevelEntry, 'kind'> & Pick<TreeNode, 'kind'>)[] = [
    ...said,
    ...unsaid.map((label) => ({ label, kind: 'found' as const })),
  ].toSorted((a, b) => compareText(a.label, b.label))
  const shown = all.filter(
    ({ label, text }) =>
      (input.show === 'all' || below.has(label)) && (input.q === undefined || holds(label, text, input.q)),
  )
  return {
    items: shown.slice(0, input.limit).map((entry): TreeNode => {
      const here = [...path, entry.label]
      const found = below.get(entry.label) ?? []
      const value = outline === undefined ? undefined : outlineAt(outline, [entry.label])
      return {
        ...entry,
        path: here,
        at: formatPath(here),
        findings: tally(found),
        ...(depth > 1 && (value?.fields !== undefined || found.length > 0)
          ? { children: levelBelow(input, here, value, found, depth - 1) }
          : {}),
      }
    }),
    more: Math.max(0, shown.length - input.limit),
    hidden: all.length - shown.length,
  }
}

/** Findings by the label that their paths have at a position; those that end before it are left out. */
function byLabel(
  findings: readonly TrackedFinding[],
  position: number,
): ReadonlyMap<string, readonly TrackedFinding[]> {
  const found = new Map<string, TrackedFinding[]>()
  for (const finding of findings) {
    const label = finding.path[position]
    if (label === undefined) continue
    const others = found.get(label)
    if (others === undefined) found.set(label, [finding])
    else others.push(finding)
  }
  return found
}

function holds(label: string, text: string | undefined, q: string): boolean {
  const sought = q.toLowerCase()
  return label.toLowerCase().includes(sought) || text?.toLowerCase().includes(sought) === true
}

function tally(findings: readonly TrackedFinding[]): Readonly<Record<Outcome, number>> {
  const counts = { conflicts: 0, violates: 0, undecided: 0, none: 0 }
  for (const { outcome } of findings) counts[outcome] += 1
  return counts
}

/** How many findings are counted at most; a level with more says less than there is. */
const mostFindings = 20_000

async function findingsBelow(
  { store }: Pick<StoredDependencies, 'store'>,
  { workspace, at, path }: TreeInput,
  environment: string,
): Promise<readonly TrackedFinding[]> {
  const found: TrackedFinding[] = []
  for (let cursor: string | undefined; found.length < mostFindings;) {
    const { items, next } = await store.findings.list(
      workspace,
      { environments: [environment], path },
      { limit: 1000, ...(cursor === undefined ? {} : { cursor }), ...(at === undefined ? {} : { at }) },
    )
    found.push(...items)
    if (next === undefined) break
    cursor = next
  }
  return found
}
