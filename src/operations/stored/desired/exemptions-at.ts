import { endOf } from '../../../model/exemption.ts'
import { readExemptions, type ExemptionProblem, type PlacedExemption } from '../../../workspace/read-exemptions.ts'
import type { StoredDependencies } from '../dependencies.ts'
import { inForce } from '../in-force.ts'

/** Exemptions at a moment, and what of their files cannot be read. */
export interface ExemptionsAt {
  readonly items: readonly (PlacedExemption & { readonly state: 'holds' | 'expired' })[]
  readonly problems: readonly ExemptionProblem[]
}

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
    const ends = endOf(exemption)
    return { exemption, ends, state: ends > now ? ('holds' as const) : ('expired' as const) }
  })
  return {
    items: items
      .filter(({ ends }) => withinMs === undefined || !(ends > now + withinMs))
      .map(({ exemption, state }) => ({ ...exemption, state })),
    problems,
  }
}
