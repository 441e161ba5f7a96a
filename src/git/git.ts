import { Fault } from '../errors.ts'

/** What git said. */
export interface GitAnswer {
  readonly status: number
  readonly stdout: Buffer
  /** Its own words about what went wrong, the beginning of them. */
  readonly stderr: string
}

/** What one run of git may be given beside its arguments. */
export interface GitRun {
  /** What it reads from standard input. */
  readonly input?: Uint8Array
  /** The longest answer that is taken, in bytes; default 64 MiB. A longer one is a fault. */
  readonly mostBytes?: number
}

/** Runs the git program in a folder. Rejects with GIT_NOT_FOUND where there is none, and with GIT_FAILED where it says too much. */
export type Git = (folder: string, args: readonly string[], run?: GitRun) => Promise<GitAnswer>

/** The answer of git to what cannot fail but by a defect, a damaged repository or a lack of rights. */
export async function gitOutput(git: Git, folder: string, args: readonly string[], run?: GitRun): Promise<Buffer> {
  const { status, stdout, stderr } = await git(folder, args, run)
  if (status === 0) return stdout
  throw new Fault('GIT_FAILED', `\`git ${args[0] ?? ''}\` failed in \`${folder}\`: ${firstLine(stderr, status)}`)
}

/** The first line that git wrote about a failure, without the word that it starts with. */
export function firstLine(stderr: string, status: number): string {
  const line = stderr.split('\n').find((text) => text.trim() !== '')
  return line?.replace(/^(?:fatal|error): /, '').trim() ?? `it ended with status ${status}`
}

/** Names that git ended with a NUL each. What is no UTF-8 is read as the disk's own names are. */
export function namesOf(stdout: Buffer): readonly string[] {
  return stdout.toString('utf8').split('\0').slice(0, -1)
}
