import { createCongruent, type Congruent, repositoryStates } from '../../src/congruent.ts'
import { createCueGo } from '../../src/engine/cue-go/cue-go.ts'
import { gitProgram } from '../../src/git/git-program.ts'
import type { Review } from '../../src/model/review.ts'
import type { ReviewInput } from '../../src/operations/review/review.ts'
import { folderSource } from '../../src/workspace/folder-source.ts'

const git = gitProgram({ PATH: process.env['PATH'], HOME: '/nonexistent' })

/** The operations over an engine of their own, until the test ends. */
export function reviewer(t: { teardown(end: () => Promise<void>): void }): Congruent {
  const congruent = createCongruent({ engine: () => createCueGo({ size: 2 }), clock: () => new Date(0) })
  t.teardown(() => congruent.close())
  return congruent
}

/** What is reviewed of a repository, beside the states. */
export interface Reviewing extends Partial<Omit<ReviewInput, 'base' | 'head'>> {
  readonly base?: string
  readonly head?: string
}

/** Reviews the files of a folder as they are on disk, or another head, against `main` or another base. */
export async function reviewOf(
  congruent: Congruent,
  folder: string,
  { base = 'main', head = 'worktree', ...input }: Reviewing = {},
): Promise<Review> {
  const states = await repositoryStates({ git, folder, source: folderSource(folder), base, head })
  const { review } = await congruent.review({ ...input, ...states })
  return review
}
