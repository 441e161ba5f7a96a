import { Fault } from '../errors.ts'
import type { Engine, EngineOptions } from '../engine/engine.ts'
import type { Part } from '../engine/protocol.ts'
import { compareText, comparePath } from '../model/order.ts'
import { sortedUnique } from '../check/sort.ts'
import type { Settling } from '../model/explanation.ts'
import type { Finding } from '../model/finding.ts'
import type { Workspace } from '../model/workspace.ts'
import type { FragmentSet } from '../workspace/fragments.ts'

/** Of more conflicts than this it is told whom to call, and not which fragments are enough. */
const mostConflicts = 8

/** Of more fragments than this no smaller set is looked for: each try unifies them anew. */
const mostFragments = 5

/** For each conflict among findings: the smallest sets of fragments that conflict there by themselves, and whom to call together. */
export async function settlingOf(
  findings: readonly Finding[],
  { fragments, workspace }: { readonly fragments: FragmentSet; readonly workspace: Pick<Workspace, 'teams'> },
  engine: Engine,
  limits: EngineOptions,
): Promise<readonly Settling[]> {
  const settling: Settling[] = []
  for (const [index, conflict] of findings.filter(({ kind }) => kind === 'conflict').entries()) {
    const files = new Set(conflict.conjuncts.map(({ file }) => file))
    const involved = fragments.fragments.parts
      .filter((part) => index < mostConflicts && [...files].some((file) => holds(part, file)))
      .toSorted((a, b) => compareText(a.team, b.team) || compareText(nameOf(a), nameOf(b)))
    const sets = await smallestSets(involved, async (parts) => {
      const answer = await unlessTooLong(
        engine.unify({ fragments: { ...fragments.fragments, parts }, want: [] }, limits),
        limits,
      )
      return (
        answer?.findings.some(({ kind, path }) => kind === 'conflict' && comparePath(path, conflict.path) === 0) ===
        true
      )
    })
    const teams = sortedUnique(
      [...conflict.teams, ...(conflict.owner === undefined ? [] : [conflict.owner])],
      compareText,
    )
    settling.push({
      path: conflict.path,
      at: conflict.at,
      rule: conflict.rule.id,
      enough: sets.map((parts) => parts.map((part) => ({ team: part.team, fragment: nameOf(part) }))),
      call: teams.map((team) => {
        const contact = workspace.teams[team]?.contact
        return contact === undefined ? { team } : { team, contact }
      }),
    })
  }
  return settling
}

/** An answer; none where the engine was ended over it, since the explanation stands without. */
async function unlessTooLong<A>(answer: Promise<A>, { signal }: EngineOptions): Promise<A | undefined> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof Fault && signal?.aborted !== true) return undefined
    throw error
  }
}

/** All smallest sets that conflict, by size; none if even all of them do not, so that something else takes part. */
async function smallestSets(
  parts: readonly Part[],
  conflicts: (parts: readonly Part[]) => Promise<boolean>,
): Promise<readonly (readonly Part[])[]> {
  if (parts.length > mostFragments) return (await conflicts(parts)) ? [parts] : []
  const found: (readonly Part[])[] = []
  for (let size = 1; size <= parts.length; size++) {
    for (const set of subsets(parts, size)) {
      const isLarger = found.some((smaller) => smaller.every((part) => set.includes(part)))
      if (!isLarger && (await conflicts(set))) found.push(set)
    }
  }
  return found
}

function subsets(parts: readonly Part[], size: number): readonly (readonly Part[])[] {
  if (size === 0) return [[]]
  return parts.flatMap((part, index) => subsets(parts.slice(index + 1), size - 1).map((rest) => [part, ...rest]))
}

/** Whether a file is of a part; a package takes files of its name from the folders above as well. */
function holds(part: Part, file: string): boolean {
  if (part.kind !== 'package') return part.file === file
  const folder = file.includes('/') ? file.slice(0, file.lastIndexOf('/')) : '.'
  return folder === '.' || part.dir === folder || part.dir.startsWith(`${folder}/`)
}

/** As `congruent.yaml` names fragments. */
function nameOf(part: Part): string {
  if (part.kind !== 'package') return `./${part.file}`
  const folder = part.dir === '.' ? '.' : `./${part.dir}`
  return part.package === undefined || part.dir.endsWith(part.package) ? folder : `${folder}:${part.package}`
}
