import type { Share } from '../evaluation/shares.ts'
import { readEnvironment } from './check-environment.ts'
import type { Dependencies, RequestOptions } from './dependencies.ts'
import type { Inputs } from './inputs.ts'
import { isSensitive } from './sensitive-mask.ts'

/** Which share of which check is to be worked out. */
export interface PrepareInput extends RequestOptions, Inputs {
  readonly environment: string
  readonly share: Share
  /** Default: the clock. */
  readonly now?: Date
}

/** Works out a share of a check ahead of it, into the memory that whoever checks has, too. */
export async function prepare(dependencies: Dependencies, input: PrepareInput): Promise<void> {
  const { environment, share, now = dependencies.clock() } = input
  const opened = await dependencies.open(input.source)
  const { workspace } = opened.read
  // What comes of sensitive values is kept nowhere that others read.
  if (isSensitive(workspace)) return
  const engine = await dependencies.engine(input.engine ?? workspace.engine ?? 'cue-go')
  const { fragments, cut, limits } = await readEnvironment(environment, {
    opened,
    inputs: input,
    shared: { now, cache: new Map(), rereading: dependencies.rereading },
    clock: dependencies.clock,
    limits: input,
  })
  if (fragments.unreadable.length > 0) return
  const request = { environment, fragments: fragments.fragments, observed: cut.observed, drift: true }
  await dependencies.evaluation(engine, 'anywhere').prepare(request, share, limits)
}
