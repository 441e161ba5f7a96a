import type { ReadExemptions } from '../../workspace/read-exemptions.ts'
import type { FragmentSet } from '../../workspace/fragments.ts'
import { readFragments } from '../../workspace/read-fragments.ts'
import type { Source } from '../../workspace/source.ts'
import type { Case } from '../../testing/case.ts'
import { asGiven } from '../../testing/given-fragments.ts'
import type { OpenWorkspace } from '../open-workspace.ts'

/** The workspace as a case sees it, and where its files are read. */
export interface CaseWorkspace {
  readonly opened: OpenWorkspace
  readonly source: Source
}

const none: ReadExemptions = { exemptions: [], problems: [] }

/**
 * The workspaces of cases: what a case gives laid over, exemptions left aside since tests are of rules, ages where the case has a time.
 * Fragments are read once for all cases that see the same.
 */
export function caseWorkspaces(opened: OpenWorkspace, source: Source): (one: Case) => CaseWorkspace {
  const known = new Map<string, CaseWorkspace>()
  return ({ given: { fragments = [] }, file, now }) => {
    const key = JSON.stringify([now !== undefined, ...(fragments.length === 0 ? [] : [file, fragments])])
    const workspace =
      known.get(key) ?? seenBy(opened, source, now !== undefined, (seen) => asGiven(seen, fragments, file))
    known.set(key, workspace)
    return workspace
  }
}

function seenBy(
  { read }: OpenWorkspace,
  source: Source,
  ages: boolean,
  laidOver: (seen: Parameters<typeof asGiven>[0]) => ReturnType<typeof asGiven>,
): CaseWorkspace {
  const { observations = [], ...rest } = read.workspace
  const entries = ages ? observations : observations.map(({ maxAge: _, ...entry }) => entry)
  const as = laidOver({ workspace: { ...rest, observations: entries }, source })
  const seen = { ...read, workspace: as.workspace }
  const sets = new Map<string, Promise<FragmentSet>>()
  const fragments = (environment: string): Promise<FragmentSet> => {
    const set = sets.get(environment) ?? readFragments(seen, environment, as.source)
    sets.set(environment, set)
    return set
  }
  return { opened: { read: seen, fragments, known: () => undefined, exemptions: async () => none }, source: as.source }
}
