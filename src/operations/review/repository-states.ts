import type { Git } from '../../git/git.ts'
import { commitOf, mergeBaseOf, repositoryOf } from '../../git/repository.ts'
import type { Note } from '../../model/report.ts'
import { gitSource } from '../../workspace/git-source.ts'
import type { Source } from '../../workspace/source.ts'
import type { NamedState } from './review.ts'

/** Which states of the workspace in a folder are meant. */
export interface RepositoryRequest {
  readonly git: Git
  /** Absolute. */
  readonly folder: string
  /** The folder as it is on disk. */
  readonly source: Source
  /** A branch, a tag, a commit: the change starts where it and the head part. */
  readonly base: string
  /** The same, or `worktree`: the files as they are on disk. */
  readonly head: string
}

/** The two states, and what is to be said of how they were found. */
export interface RepositoryStates {
  readonly base: NamedState
  readonly head: NamedState
  readonly notes: readonly Note[]
}

/**
 * Finds the states of a workspace that a change leads from and to, as a pull request does: from the commit where base and head part. Rejects with
 * REPOSITORY_NOT_FOUND or REVISION_NOT_FOUND.
 */
export async function repositoryStates(request: RepositoryRequest): Promise<RepositoryStates> {
  const { git, folder, source, base, head } = request
  const repository = await repositoryOf(git, folder)
  const onDisk = head === 'worktree'
  const tip = onDisk ? 'HEAD' : head
  const [from, named] = await Promise.all([mergeBaseOf(repository, base, tip), commitOf(repository, base)])
  const at = async (ref: string, commit: string): Promise<NamedState & { readonly unread: readonly string[] }> => {
    const name = `${folder} at ${short(commit)}`
    return { ref, commit, ...(await gitSource(repository, commit, name)) }
  }
  const [before, after] = await Promise.all([
    at(base, from),
    onDisk ? { ref: head, source, unread: [] } : commitOf(repository, head).then((commit) => at(head, commit)),
  ])
  const { unread: lost, ...old } = before
  const { unread, ...now } = after
  return {
    base: old,
    head: now,
    notes: [
      ...(from === named ? [] : [partedNote(base, tip, from)]),
      ...[...new Set([...lost, ...unread])].toSorted().map(submoduleNote),
    ],
  }
}

function partedNote(base: string, tip: string, from: string): Note {
  return {
    code: 'merge-base',
    message: `\`${base}\` has moved on: the change is told from \`${short(from)}\`, where \`${base}\` and \`${tip}\` part`,
  }
}

function submoduleNote(name: string): Note {
  return {
    code: 'submodule',
    message: `the submodule \`${name}\` is not here at the commit that is meant, and its files are not read: \`git submodule update --init\` brings them`,
  }
}

function short(commit: string): string {
  return commit.slice(0, 12)
}
