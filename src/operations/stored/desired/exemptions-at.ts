import { endOf } from '../../../model/exemption.ts'
import type { Kind } from '../../../model/finding.ts'
import type { FindingFilter } from '../../../store/store.ts'
import { readExemptions, type ExemptionProblem, type PlacedExemption } from '../../../workspace/read-exemptions.ts'
import type { StoredDependencies } from '../dependencies.ts'
import { environmentIn, inForce } from '../in-force.ts'

/** An exemption at a moment, and what checks found of its use. */
export interface ExemptionAt extends PlacedExemption {
  readonly state: 'holds' | 'expired'
  /** The findings that it excused then; of several that excuse a finding the one that holds longest counts. */
  readonly excuses: readonly {
    readonly fingerprint: string
    readonly environment: string
    readonly kind: Kind
    readonly at: string
    readonly rule: string
  }[]
  /** What checks said was wrong with it, by environment: that it excuses nothing, that it is wider than needed. */
  readonly flaws: readonly { readonly environment: string; readonly message: string }[]
}

/** Exemptions at a moment, and what of their files cannot be read. */
export interface ExemptionsAt {
  readonly items: readonly ExemptionAt[]
  readonly problems: readonly ExemptionProblem[]
}

/** Which exemptions. */
export interface ExemptionsInput {
  /** Those about it, and what they excuse there; absent: all of every one. */
  readonly environment?: string
  /** Default: now. */
  readonly at?: Date
  /** Only those that expire within this time, or have. */
  readonly withinMs?: number
}

/** The exemptions of a workspace at a moment. The last day of each counts whole, in UTC. */
export async function exemptionsAt(
  dependencies: Pick<StoredDependencies, 'store' | 'sourceOf' | 'clock'>,
  workspace: string,
  { environment: asked, at, withinMs }: ExemptionsInput,
): Promise<ExemptionsAt> {
  const { source, read } = await inForce(dependencies, workspace, at)
  const environment = asked === undefined ? undefined : environmentIn(read, asked)
  const now = (at ?? dependencies.clock()).getTime()
  const where = environment === undefined ? {} : { environments: [environment] }
  const listed = (filter: FindingFilter) =>
    dependencies.store.findings.list(
      workspace,
      { ...where, ...filter },
      { limit: mostFindings, ...(at === undefined ? {} : { at }) },
    )
  const [{ exemptions, problems }, excused, found] = await Promise.all([
    readExemptions(read.workspace, source),
    listed({ exempted: true }),
    listed({ kind: ['exemption'] }),
  ])
  return {
    items: exemptions
      .filter(({ environments }) => environment === undefined || (environments?.includes(environment) ?? true))
      .map((exemption) => ({ exemption, ends: endOf(exemption) }))
      .filter(({ ends }) => withinMs === undefined || !(ends > now + withinMs))
      .map(({ exemption, ends }): ExemptionAt => {
        const { id, file, line } = exemption
        return {
          ...exemption,
          state: ends > now ? 'holds' : 'expired',
          excuses: excused.items.flatMap(({ fingerprint, environment, kind, at, rule, exempted }) =>
            exempted?.id === id ? [{ fingerprint, environment, kind, at, rule: rule.id }] : [],
          ),
          flaws: found.items.flatMap(({ environment, message, conjuncts: [place] }) =>
            place?.file === file && place.line === line
              ? [{ environment, message: message.replace(`exemption \`${id}\`: `, '') }]
              : [],
          ),
        }
      }),
    problems,
  }
}

/** More than these are not counted. */
const mostFindings = 10_000
