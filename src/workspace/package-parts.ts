import type { PackagePart } from '../engine/protocol.ts'
import { compareText } from '../model/order.ts'
import type { Note } from '../model/report.ts'
import { suggestion } from '../schema/did-you-mean.ts'
import { type Claim, type ClaimProblem, inFolder, winningClaim } from './claims.ts'
import type { CueFile, CueFiles, PackageKey } from './cue-packages.ts'
import type { FragmentPath } from './fragment-path.ts'
import { literalGlob } from './glob.ts'
import type { Source } from './source.ts'

/** The packages that the active claims contribute, or why a claim has none. */
export interface PackageParts {
  readonly parts: readonly PackagePart[]
  readonly problems: readonly ClaimProblem[]
}

/** Finds the packages that the active claims have; a package that several claim is the most specific claim's. */
export async function readPackageParts(claims: readonly Claim[], cue: CueFiles, source: Source): Promise<PackageParts> {
  const parts: PackagePart[] = []
  const problems: ClaimProblem[] = []
  for (const claim of claims) {
    const { path, active, team } = claim
    if (!active || path.kind === 'files') continue
    const found = path.kind === 'package' ? await packageIn(path, cue, source) : await packagesBelow(path.dir, cue)
    if ('problem' in found)
      problems.push({
        claim,
        message: `the fragment path \`${claim.entry.path}\` ${found.problem}`,
        absent: found.absent,
      })
    else {
      const won = found.keys.filter(
        (key) => winningClaim(claims, { file: inFolder(key.dir, 'x.cue'), package: key.package }) === claim,
      )
      parts.push(
        ...won.map((key) => ({
          kind: 'package' as const,
          team,
          dir: key.dir,
          ...(key.package === undefined ? {} : { package: key.package }),
        })),
      )
    }
  }
  return { parts, problems }
}

/** Readable files beside the contributed packages that take no part in any: told, since their authors may think that they do. */
export async function idleFiles(
  parts: readonly PackagePart[],
  taking: ReadonlySet<string>,
  cue: CueFiles,
): Promise<readonly Note[]> {
  const notes: Note[] = []
  for (const dir of new Set(parts.map((part) => part.dir))) {
    const packages = parts.flatMap((part) => (part.dir === dir && part.package !== undefined ? [part.package] : []))
    if (packages.length === 0) continue
    const beside = `package${packages.length === 1 ? '' : 's'} ${packages.map((name) => `\`${name}\``).join(', ')}`
    for (const { name: file, read, header } of await cue.of(dir)) {
      if (!read.ok || packages.includes(header.package ?? '')) continue
      if (header.package === undefined)
        notes.push({
          code: 'no-package',
          message: `the file has no package clause that can be read, and takes no part beside ${beside}`,
          file,
          line: 1,
        })
      else if (!taking.has(file))
        notes.push({
          code: 'other-package',
          message: `the file is of package \`${header.package}\`, which no fragment path names, beside ${beside}`,
          file,
          line: 1,
        })
    }
  }
  return notes
}

type Found = { readonly keys: readonly PackageKey[] } | (Pick<ClaimProblem, 'absent'> & { readonly problem: string })

async function packageIn(path: FragmentPath & { kind: 'package' }, cue: CueFiles, source: Source): Promise<Found> {
  const { dir } = path
  const files = await cue.of(dir)
  if (files.length === 0) {
    const data = await source.list([inFolder(literalGlob(dir), '*.{yaml,yml,json}')])
    const hint =
      data.length === 0
        ? ''
        : `; its data files are named by \`./${inFolder(dir, `*${/\.\w+$/.exec(data[0] ?? '')?.[0] ?? '.yaml'}`)}\``
    return { problem: `matches nothing: there is no .cue file in the folder \`${dir}\`${hint}`, absent: true }
  }
  const names = packageNames(files)
  // What cannot be read may hold any package, and is told as unreadable.
  const hidden = files.some(({ read }) => !read.ok)
  if (path.package !== undefined) {
    if (names.includes(path.package) || hidden) return { keys: [{ dir, package: path.package }] }
    return {
      problem: `matches nothing: the folder \`${dir}\` has no package \`${path.package}\`${suggestion(path.package, names)}`,
      absent: true,
    }
  }
  const [only, second] = names
  if (second === undefined) return { keys: [{ dir, package: only }] }
  const folderName = dir.slice(dir.lastIndexOf('/') + 1)
  if (names.includes(folderName)) return { keys: [{ dir, package: folderName }] }
  return {
    problem: `is several packages: ${names.map((name) => `\`${name}\``).join(', ')}; name one, as in \`./${dir}:${only}\``,
    absent: false,
  }
}

async function packagesBelow(dir: string, cue: CueFiles): Promise<Found> {
  const keys: PackageKey[] = []
  const folders = await cue.folders(dir)
  for (const folder of folders) {
    const names: readonly (string | undefined)[] = packageNames(await cue.of(folder))
    keys.push(...(names.length === 0 ? [undefined] : names).map((name) => ({ dir: folder, package: name })))
  }
  return folders.length === 0
    ? { problem: `matches nothing: there is no .cue file in the folder \`${dir}\` or below`, absent: true }
    : { keys }
}

function packageNames(files: readonly CueFile[]): readonly string[] {
  const names = files.flatMap(({ header }) => (header.package === undefined ? [] : [header.package]))
  return [...new Set(names)].toSorted(compareText)
}
