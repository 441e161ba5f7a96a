import { Fault } from '../../../errors.ts'
import type { Proposal } from '../../../model/proposal.ts'
import type { Revision } from '../../../model/revision.ts'
import { shippedWith } from '../../../packs/shipped.ts'
import type { RequestOptions } from '../../dependencies.ts'
import type { StoredDependencies } from '../dependencies.ts'
import { candidateOf } from '../publishing/candidate.ts'
import { filesOfSet } from '../revision-source.ts'
import { chosenRevision, knownWorkspace } from '../stored-workspace.ts'

/** Which lines of what is kept. */
export interface FileLinesInput extends Pick<RequestOptions, 'deadlineMs' | 'signal'> {
  readonly workspace: string
  /** SHA-256 of a file of a revision, of a proposal that waits or of a pack, or of a snapshot's text. */
  readonly digest: string
  /** The line in the middle. */
  readonly around: number
}

/** Some lines; what is masked is left out. */
export interface FileLines {
  readonly digest: string
  /** Its name in the newest revision or proposal that has it; absent for a snapshot. */
  readonly file?: string
  readonly lines: readonly { readonly line: number; readonly text: string }[]
}

const beside = 3

/** Lines around one, of a file or snapshot by its digest. Rejects with NOT_FOUND where nothing of the workspace has it. */
export async function fileLines(
  dependencies: Pick<StoredDependencies, 'congruent' | 'store' | 'sourceOf'>,
  { workspace, digest, around, ...limits }: FileLinesInput,
): Promise<FileLines> {
  const { store, congruent, sourceOf } = dependencies
  const first = Math.max(1, around - beside)
  const numbers = Array.from({ length: around + beside - first + 1 }, (_, index) => first + index)
  const shown = (lines: ReadonlyMap<number, string>, file?: string): FileLines => ({
    digest,
    ...(file === undefined ? {} : { file }),
    lines: Array.from(lines, ([line, text]) => ({ line, text })),
  })
  const found = await revisionWith(store, workspace, digest)
  if (found !== undefined) {
    const source = await sourceOf(found.revision)
    return shown(await congruent.lines({ ...limits, source, file: found.file, lines: numbers }), found.file)
  }
  await knownWorkspace(store, workspace)
  const ofPack = shippedWith(digest)
  if (ofPack !== undefined) return shown(linesOf(ofPack.bytes, numbers), ofPack.name)
  const snapshot = await store.snapshots.find(workspace, { digest })
  const bytes = snapshot === undefined ? undefined : await store.files.get(workspace, digest)
  // Snapshots were masked before they were kept.
  if (bytes !== undefined) return shown(linesOf(bytes, numbers))
  const proposed = await proposalWith(store, workspace, digest)
  if (proposed === undefined)
    throw new Fault('NOT_FOUND', `workspace \`${workspace}\` keeps nothing of digest \`${digest}\``)
  const { team, after, file } = proposed
  const set = { team, files: await filesOfSet(store.files, workspace, after) }
  const { after: source } = await candidateOf(dependencies, await chosenRevision(store, workspace), set)
  return shown(await congruent.lines({ ...limits, source, file, lines: numbers }), file)
}

function linesOf(bytes: Uint8Array, numbers: readonly number[]): ReadonlyMap<number, string> {
  const texts = Buffer.from(bytes).toString().split('\n')
  return new Map(numbers.flatMap((line) => (texts[line - 1] === undefined ? [] : [[line, texts[line - 1] ?? '']])))
}

/** How many revisions are looked at, newest first: findings point into what was in force lately. */
const mostRevisions = 500

async function revisionWith(
  { revisions, files }: Pick<StoredDependencies['store'], 'revisions' | 'files'>,
  workspace: string,
  digest: string,
): Promise<{ readonly revision: Revision; readonly file: string } | undefined> {
  const sets = new Map<string, string | undefined>()
  const { items } = await revisions.list(workspace, { limit: mostRevisions })
  for (const revision of items) {
    const { workspace: document, shared, teams } = revision.parts
    if (document === digest) return { revision, file: 'congruent.yaml' }
    for (const set of [...(shared === undefined ? [] : [shared]), ...Object.values(teams)]) {
      if (!sets.has(set)) sets.set(set, nameOf((await files.getSet(workspace, set))?.files ?? {}, digest))
      const file = sets.get(set)
      if (file !== undefined) return { revision, file }
    }
  }
  return undefined
}

/** How many of the newest proposals that wait are looked at. */
const mostProposals = 100

/** What is proposed is masked as it would be in force: its file set, and the name of the file in it. */
async function proposalWith(
  { proposals, files }: Pick<StoredDependencies['store'], 'proposals' | 'files'>,
  workspace: string,
  digest: string,
): Promise<(Pick<Proposal, 'team' | 'after'> & { readonly file: string }) | undefined> {
  const { items } = await proposals.list(workspace, { state: 'open', limit: mostProposals })
  for (const { team, after } of items) {
    const file = nameOf((await files.getSet(workspace, after))?.files ?? {}, digest)
    if (file !== undefined) return { team, after, file }
  }
  return undefined
}

function nameOf(files: Readonly<Record<string, string>>, digest: string): string | undefined {
  return Object.entries(files).find(([, one]) => one === digest)?.[0]
}
