import { excuse } from '../check/exemptions/excuse.ts'
import { exemptionFindings } from '../check/exemptions/exemption-findings.ts'
import { exemptionsHoldUntil, heldExemptions, type HeldExemption } from '../check/exemptions/held.ts'
import { useFlaws } from '../check/exemptions/use.ts'
import type { Entry } from '../check/severity.ts'
import type { Finding } from '../model/finding.ts'
import type { OpenWorkspace } from './open-workspace.ts'

/** The findings of one environment before anything is excused. */
export interface Excusable {
  readonly environment: string
  readonly findings: readonly Finding[]
  /** Everything was observed and could be told, as far as it ever is. */
  readonly whole: boolean
}

/** The exemptions of a workspace at a moment. */
export interface Exempting {
  readonly held: readonly HeldExemption[]
  /** The last moment, in milliseconds since 1970, at which they excuse what they excuse now. */
  readonly holdsUntil: number
  /** The findings of environments with those marked that are excused, and what is to be said of the exemptions themselves. */
  applied(environments: readonly Excusable[], entry: Entry): readonly Finding[]
}

/** Reads the exemptions of a workspace, as they are at a moment. */
export async function exemptionsOf(opened: OpenWorkspace, now: Date): Promise<Exempting> {
  const { workspace, environments } = opened.read
  if (workspace.exemptions === undefined) return none
  const { exemptions, problems } = await opened.exemptions()
  const held = heldExemptions(exemptions, { teams: Object.keys(workspace.teams), environments, now })
  return {
    held,
    holdsUntil: exemptionsHoldUntil(exemptions, now),
    applied: (several, entry) => {
      const excused = several.map(({ environment, findings }) => excuse(environment, findings, held))
      const judged = excused.filter((_, index) => several[index]?.whole === true)
      return excused.flatMap((one) => [
        ...one.findings,
        ...exemptionFindings({
          excused: one,
          held,
          problems,
          useFlaws: (exemption) => useFlaws(exemption, judged),
          workspace,
          entry,
        }),
      ])
    },
  }
}

const none: Exempting = {
  held: [],
  holdsUntil: Infinity,
  applied: (several) => several.flatMap(({ findings }) => findings),
}
