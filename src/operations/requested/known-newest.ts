import { Fault } from '../../errors.ts'
import type { Source } from '../../workspace/source.ts'
import type { KnownAtOnce } from '../check-at-once.ts'
import type { StoredDependencies } from '../stored/dependencies.ts'
import type { LinesAbout } from './lines-at-once.ts'

/** What is needed to say what is known. */
export interface KnownDependencies extends Pick<StoredDependencies, 'congruent' | 'clock'> {
  /** The newest revision of a stored workspace, and how many milliseconds ago the store was asked for it. */
  readonly newestWithAge: (workspace: string) => Promise<{ readonly source: Source; readonly ageMs: number }>
}

/** What another process may answer checks at once from, and how old it is. */
export interface KnownNewest {
  readonly known: KnownAtOnce
  readonly ageMs: number
}

/** What small checks of a workspace's newest revision can be answered from for a while, whenever they are made; undefined where nothing is known, or it hangs on the moment. */
export async function knownNewest(
  { newestWithAge, congruent, clock }: KnownDependencies,
  { stored, environment }: Pick<LinesAbout, 'stored' | 'environment'>,
): Promise<KnownNewest | undefined> {
  try {
    const { source, ageMs } = await newestWithAge(stored)
    const environments = environment === undefined ? {} : { environments: [environment] }
    const known = await congruent.knownAtOnce({ source, ...environments, now: clock(), entry: 'api' })
    return known === undefined || known.exempts ? undefined : { known, ageMs }
  } catch (error) {
    // Whoever checks says what is the matter.
    if (error instanceof Fault) return undefined
    throw error
  }
}
