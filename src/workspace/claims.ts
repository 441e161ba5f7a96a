import { compareText } from '../model/order.ts'
import { isTestFile } from '../model/test-files.ts'
import { packFile } from '../model/pack.ts'
import type { FragmentEntry, PackEntry, Workspace } from '../model/workspace.ts'
import { type FragmentPath, parseFragmentPath } from './fragment-path.ts'
import { isGlob } from './glob.ts'
import type { Source } from './source.ts'

// Every path of every team's `fragments` claims files. What several claim belongs to the most specific claim alone: a
// package of its own folder before a folder of packages, a file by name before a glob. A claim that an environment leaves out
// still takes its files away from the less specific ones, so that `./prod` is not pulled into dev by `./...`.

/** One path that a team gives under `fragments`, or a pack. */
export interface Claim {
  readonly team: string
  readonly path: FragmentPath
  readonly entry: FragmentEntry
  /** The name of the pack that it is. */
  readonly pack?: string
  /** Whether it takes part in the environment that is read. */
  readonly active: boolean
  /** Where it stands in the workspace file. */
  readonly pointer: readonly string[]
  /** The data files that its glob or name names, sorted; that a name names a file is not said. */
  readonly files: ReadonlySet<string>
}

/** Why a claim has nothing to contribute. */
export interface ClaimProblem {
  readonly claim: Claim
  readonly message: string
  /** Nothing is there yet that it could mean. */
  readonly absent: boolean
}

/** A file, with its package if it is CUE. */
export interface ClaimedFile {
  readonly file: string
  readonly package?: string | undefined
}

/** The claims of all teams in one environment, in the order of the workspace file. */
export async function readClaims(workspace: Workspace, environment: string, source: Source): Promise<readonly Claim[]> {
  const claims: Claim[] = []
  for (const [team, { fragments }] of Object.entries(workspace.teams)) {
    for (const [index, given] of fragments.entries()) {
      const entry = typeof given === 'string' ? { path: given } : given
      const path = parseFragmentPath(entry.path)
      if ('problem' in path) continue
      const base = ['teams', team, 'fragments', String(index)]
      const pointer = typeof given === 'string' ? base : [...base, 'path']
      const active = entry.environments?.includes(environment) ?? true
      claims.push({ team, path, entry, active, pointer, files: await filesOf(path, source) })
    }
  }
  return [...claims, ...(workspace.packs ?? []).map((given, index) => packClaim(given, index, environment))]
}

/** A pack is a package beside those of the workspace, of a team named as it is where no other is. */
function packClaim(given: string | PackEntry, index: number, environment: string): Claim {
  const entry: PackEntry = typeof given === 'string' ? { pack: given } : given
  const { pack, team = pack } = entry
  const dir = packFile(pack)
  return {
    team,
    path: { kind: 'package', dir },
    entry: { path: dir },
    pack,
    active: entry.environments?.includes(environment) ?? true,
    pointer: typeof given === 'string' ? ['packs', String(index)] : ['packs', String(index), 'pack'],
    files: new Set(),
  }
}

async function filesOf(path: FragmentPath, source: Source): Promise<ReadonlySet<string>> {
  if (path.kind !== 'files') return new Set()
  if (!isGlob(path.glob)) return new Set([path.glob])
  const found = await source.list([path.glob])
  return new Set(found.filter((name) => !isTestFile(name)))
}

/** The claim that a file belongs to, of those that name it: the most specific, and of equal ones an active one. */
export function winningClaim(claims: readonly Claim[], claimed: ClaimedFile): Claim | undefined {
  let winner: { readonly claim: Claim; readonly rank: Rank } | undefined
  for (const claim of claims) {
    const rank = specificity(claim, claimed)
    if (rank && (!winner || compare({ claim, rank }, winner) < 0)) winner = { claim, rank }
  }
  return winner?.claim
}

/** How closely a claim names a file, by several measures; greater is closer. */
type Rank = readonly [number, number, number]

function compare(a: { claim: Claim; rank: Rank }, b: { claim: Claim; rank: Rank }): number {
  const [kind, depth, detail] = a.rank
  return (
    b.rank[0] - kind ||
    b.rank[1] - depth ||
    b.rank[2] - detail ||
    Number(b.claim.active) - Number(a.claim.active) ||
    compareText(a.claim.team, b.claim.team)
  )
}

/** Undefined if the claim does not name the file. What lies in `cue.mod` belongs to nobody. */
function specificity({ path, files }: Claim, { file, package: name }: ClaimedFile): Rank | undefined {
  if (file.startsWith('cue.mod/')) return undefined
  const folder = folderOf(file)
  if (path.kind === 'files') {
    if (!files.has(file)) return undefined
    return isGlob(path.glob) ? [1, path.glob.split('/').findIndex(isGlob), path.glob.length] : [2, 0, 0]
  }
  if (path.kind === 'packages') {
    const below = path.dir === '.' || folder === path.dir || folder.startsWith(`${path.dir}/`)
    return below ? [0, depthOf(path.dir), 0] : undefined
  }
  if (path.dir !== folder || (path.package !== undefined && path.package !== name)) return undefined
  return [0, depthOf(path.dir), path.package === undefined ? 1 : 2]
}

/** The folder of a file, `.` for the root. */
export function folderOf(file: string): string {
  const end = file.lastIndexOf('/')
  return end < 0 ? '.' : file.slice(0, end)
}

/** The name of a file in a folder, where `.` is the root. */
export function inFolder(dir: string, name: string): string {
  return dir === '.' ? name : `${dir}/${name}`
}

function depthOf(dir: string): number {
  return dir === '.' ? 0 : dir.split('/').length
}
