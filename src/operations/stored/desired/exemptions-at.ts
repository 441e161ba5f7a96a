import { readExemptions, type ExemptionProblem, type PlacedExemption } from '../../../workspace/read-exemptions.ts'
import type { StoredDependencies } from '../dependencies.ts'
import { inForce } from '../in-force.ts'

/** Exemptions at a moment, and what of their files cannot be read. */
export interface ExemptionsAt {
  readonly items: readonly (PlacedExemption & { readonly state: 'holds' | 'expired' })[]
  readonly problems: readonly ExemptionProblem[]
}

const dayMs = 86_400_000

/** The exemptions of a workspace at a moment; with `withinMs` those that expire within that time, or have. The last day counts whole, in UTC. */
export async function exemptionsAt(
  dependencies: Pick<StoredDependencies, 'store' | 'sourceOf' | 'clock'>,
  workspace: string,
  { at, withinMs }: { readonly at?: Date; readonly withinMs?: number },
): Promise<ExemptionsAt> {
  const { source, read } = await inForce(dependencies, workspace, at)
  const now = (at ?? dependencies.clock()).getTime()
  const { exemptions, problems } = await readExemptions(read.workspace, source)
  const items = exemptions.map((exemption) => {
    const ends = Date.parse(`${exemption.expires}T00:00:00Z`) + dayMs
    return { exemption, ends, state: ends > now ? ('holds' as const) : ('expired' as const) }
  })
  return {
    items: items
      .filter(({ ends }) => withinMs === undefined || ends <= now + withinMs)
      .map(({ exemption, state }) => ({ ...exemption, state })),
    problems,
  }
}
