import { unlimited, type ReadingTime } from '../document/reading-time.ts'
import type { PackagePart, Part, SourceFile } from '../engine/protocol.ts'
import { Fault } from '../errors.ts'
import { listsOf } from '../model/lists-of.ts'
import { compareText } from '../model/order.ts'
import { sortedNotes } from '../model/sorted-notes.ts'
import type { Note } from '../model/report.ts'
import { type Claim, type ClaimProblem, folderOf, readClaims, winningClaim } from './claims.ts'
import { cueFiles, type NeededText } from './cue-packages.ts'
import { readDataParts } from './data-parts.ts'
import type { DataOrigin, FragmentSet } from './fragments.ts'
import { packParameters } from './pack-parameters.ts'
import { limitsOf } from './ownership.ts'
import { idleFiles, readPackageParts } from './package-parts.ts'
import type { ReadWorkspace } from './read-workspace.ts'
import type { Source } from './source.ts'
import { workspaceFile } from './workspace-file.ts'

/**
 * Reads the fragments of one environment. Paths that match nothing are one Fault WORKSPACE_INVALID with the line of each; a
 * file that cannot be read is told in the answer, and the rest goes on.
 */
export async function readFragments(
  read: ReadWorkspace,
  environment: string,
  source: Source,
  time: ReadingTime = unlimited,
): Promise<FragmentSet> {
  const { workspace, locate } = read
  const claims = await readClaims(workspace, environment, source)
  const cue = cueFiles(source)
  const packages = await readPackageParts(claims, cue, source)
  const data = await readDataParts(claims, source, listsOf(workspace.observations, environment), time)
  const told = [...packages.problems, ...data.problems]
  const problems = told.filter(({ absent }) => !(absent && source.gaps === true))
  if (problems.length > 0) {
    const places = problems.map(({ claim, message }) => ({ message, file: workspaceFile, ...locate(claim.pointer) }))
    const message = `\`${workspaceFile}\` in \`${source.name}\` names fragments that are not there, for the environment \`${environment}\``
    throw new Fault('WORKSPACE_INVALID', message, {
      places: places.toSorted((a, b) => a.line - b.line || a.column - b.column),
    })
  }

  const texts = await cue.neededBy(packages.parts.map((part) => ({ dir: part.dir, package: part.package })))
  const made = packParameters(claims, texts, read)
  const idle = await idleFiles(packages.parts, new Set(texts.map(({ name }) => name)), cue)
  const readable = readableFolders(texts)
  const owned = texts.map((text) => ({ text, team: teamOf(text, claims) }))
  const unreadable = owned.flatMap(({ text, team }) =>
    unreadableText(text, team ?? teamOfPackage(text, packages.parts)),
  )
  const parts: readonly { part: Part; origin?: DataOrigin }[] = [
    ...packages.parts.filter((part) => readable.has(part.dir)).map((part) => ({ part })),
    ...data.parts,
  ]
  const tags = workspace.environments?.[environment]?.tags ?? {}
  const early = source.gaps === true ? unreadTags(tags, texts, data.parts) : []
  const sorted = parts.toSorted((a, b) => compareParts(a.part, b.part))
  return {
    environment,
    fragments: {
      files: [...owned.flatMap(({ text, team }) => sourceFile(text, team)), ...made.map(({ file }) => file)],
      parts: sorted.map(({ part }) => part),
      tags: Object.fromEntries(Object.entries(tags).filter(([name]) => !early.includes(name))),
      limits: limitsOf(workspace.teams),
    },
    origins: new Map(sorted.flatMap(({ origin }, index) => (origin === undefined ? [] : [[index, origin] as const]))),
    made: new Map(made.map(({ file, locate: at }) => [file.name, (line) => ({ file: workspaceFile, ...at(line) })])),
    definitions: data.definitions,
    unreadable: [...data.unreadable, ...unreadable].toSorted(
      (a, b) => compareText(a.file, b.file) || (a.position?.line ?? 0) - (b.position?.line ?? 0),
    ),
    notes: sortedNotes([
      ...data.notes,
      ...idle,
      ...told.map(absentNote(locate)),
      ...early.map((name) => ({
        code: 'unread-tag',
        message: `no fragment has \`@tag(${name})\` or \`@if(${name})\` yet: the environment sets a tag that nothing reads`,
        file: workspaceFile,
        line: locate(['environments', environment, 'tags', name]).line,
      })),
    ]),
  }
}

/**
 * Tags of which no text speaks. Whose fragments would read them may still come, and whoever comes first is not to blame. A script that speaks of
 * `tags` may read any.
 */
function unreadTags(
  tags: Readonly<Record<string, string>>,
  texts: readonly NeededText[],
  data: readonly { readonly part: Part }[],
): readonly string[] {
  if (data.some(({ part }) => part.kind === 'starlark' && part.text.includes('tags'))) return []
  const attributes = texts.flatMap(({ read }) => (read.ok ? (read.text.match(/@(?:tag|if)\([^\n]*/g) ?? []) : []))
  return Object.keys(tags).filter((name) => !attributes.some((attribute) => attribute.includes(name)))
}

/** Says that nothing is there yet for a fragment path. */
function absentNote(locate: ReadWorkspace['locate']): (problem: ClaimProblem) => Note {
  return ({ claim, message }) => ({
    code: 'no-fragment',
    message: `${message}; team \`${claim.team}\` says nothing there yet`,
    file: workspaceFile,
    line: locate(claim.pointer).line,
  })
}

function teamOf({ name, package: named }: NeededText, claims: readonly Claim[]): string | undefined {
  return winningClaim(claims, { file: name, package: named })?.team
}

/** Text of nobody counts for the team whose package brought it in. */
function teamOfPackage({ neededBy }: NeededText, parts: readonly PackagePart[]): string {
  return parts.find((part) => part.dir === neededBy.dir && part.package === neededBy.package)?.team ?? ''
}

function unreadableText({ name, read }: NeededText, team: string): FragmentSet['unreadable'] {
  if (read.ok) return []
  return [{ file: name, message: read.message, team, ...(read.position ? { position: read.position } : {}) }]
}

function sourceFile({ name, read }: NeededText, team: string | undefined): readonly SourceFile[] {
  if (!read.ok) return []
  return [team === undefined ? { name, text: read.text } : { name, text: read.text, team }]
}

/** Folders of which some file can be read; the others contribute no package, and their files are told as unreadable. */
function readableFolders(texts: readonly NeededText[]): ReadonlySet<string> {
  const readable = texts.filter(({ name, read }) => read.ok && name.endsWith('.cue'))
  return new Set(readable.map(({ name }) => folderOf(name)))
}

/** Data by file and content, then packages by folder and name. */
function compareParts(a: Part, b: Part): number {
  const [kind, place, detail] = keyOf(a)
  const [otherKind, otherPlace, otherDetail] = keyOf(b)
  return (
    compareText(kind, otherKind) ||
    compareText(place, otherPlace) ||
    compareText(detail, otherDetail) ||
    compareText(a.team, b.team)
  )
}

function keyOf(part: Part): readonly [string, string, string] {
  return part.kind === 'package'
    ? [part.kind, part.dir, part.package ?? '']
    : [part.kind, part.file, part.kind === 'starlark' ? part.text : part.json]
}
