import { Fault } from '../errors.ts'
import { firstLine, gitOutput, type Git } from './git.ts'

/** The repository around a folder. */
export interface Repository {
  readonly git: Git
  /** The folder, as it was asked about: names of files are relative to it. */
  readonly folder: string
  /** The folder below the root with a `/` at its end; empty where it is the root. */
  readonly prefix: string
  /** Its history ends at some depth: what is older is not there. */
  readonly shallow: boolean
}

/** Finds the repository around a folder; REPOSITORY_NOT_FOUND where there is none with files. */
export async function repositoryOf(git: Git, folder: string): Promise<Repository> {
  const { status, stdout, stderr } = await git(folder, ['rev-parse', '--show-prefix'])
  if (status !== 0) throw notThere(folder, firstLine(stderr, status))
  const inside = await git(folder, ['rev-parse', '--is-inside-work-tree', '--is-shallow-repository'])
  const [isInside, isShallow] = inside.stdout.toString().split('\n')
  if (isInside !== 'true') throw notThere(folder, 'it is a repository without files of its own')
  return { git, folder, prefix: stdout.toString().replace(/\n$/, ''), shallow: isShallow === 'true' }
}

function notThere(folder: string, why: string): Fault {
  return new Fault('REPOSITORY_NOT_FOUND', `\`${folder}\` is in no git repository that can be read: ${why}`)
}

/** The commit that a name stands for, in hex; REVISION_NOT_FOUND, with what to do about it, where it stands for none. */
export async function commitOf(repository: Repository, revision: string): Promise<string> {
  // Git itself gives no branch such a name, and would take it for an option.
  const isName = !revision.startsWith('-') && !/\p{Cc}/u.test(revision) && revision !== ''
  const args = ['rev-parse', '--verify', '--quiet', `${revision}^{commit}`]
  const { status, stdout } = isName
    ? await repository.git(repository.folder, args)
    : { status: 1, stdout: Buffer.alloc(0) }
  if (status === 0) return stdout.toString().trim()
  throw new Fault(
    'REVISION_NOT_FOUND',
    `\`${revision}\` is no commit of the repository around \`${repository.folder}\`${remedy(repository)}`,
  )
}

/** Where two histories part: what `A...B` of git starts from. */
export async function mergeBaseOf(repository: Repository, one: string, other: string): Promise<string> {
  const [a, b] = await Promise.all([commitOf(repository, one), commitOf(repository, other)])
  const { status, stdout, stderr } = await repository.git(repository.folder, ['merge-base', a, b])
  if (status === 0) return stdout.toString().trim()
  if (status !== 1) await gitOutput(async () => ({ status, stdout, stderr }), repository.folder, ['merge-base'])
  const found = `\`${one}\` and \`${other}\` have no commit in common`
  throw new Fault(
    'REVISION_NOT_FOUND',
    `${found} in the repository around \`${repository.folder}\`${remedy(repository)}`,
  )
}

/** What brings a missing commit here. */
function remedy({ shallow }: Repository): string {
  return shallow
    ? ', which is a shallow clone: fetch the rest with `git fetch --unshallow` (or some of it with `git fetch --deepen 100`); for `actions/checkout` say `fetch-depth: 0`'
    : '; if another repository has it, fetch it first (`git fetch origin`)'
}
