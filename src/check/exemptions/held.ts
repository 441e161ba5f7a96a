import { endOf } from '../../model/exemption.ts'
import { compareText } from '../../model/order.ts'
import { parsePattern, PathSyntaxError, type PathPattern } from '../../model/path.ts'
import type { PlacedExemption } from '../../workspace/read-exemptions.ts'

/** An exemption, and whether it holds at a moment. */
export interface HeldExemption {
  readonly exemption: PlacedExemption
  /** Where it reaches; absent where its path is none. */
  readonly pattern?: PathPattern
  /** The environments of the workspace that it is about; of one that names others only, none. */
  readonly about: readonly string[]
  /** The team that answers for it, if there is one. */
  readonly owner?: string
  /** 0; of several with one id 1, 2 … for the later ones, which do not hold. */
  readonly copy: number
  /** Whether it may excuse anything now. */
  readonly holds: boolean
  /** What is wrong with it whatever is found; one that says so may hold nevertheless. */
  readonly flaws: readonly string[]
}

/** What exemptions are held against. */
export interface ExemptionGround {
  readonly teams: readonly string[]
  readonly environments: readonly string[]
  readonly now: Date
}

/** Says of each exemption whether it holds: owned by a team, at a path, until a day that has not passed, under a name of its own. */
export function heldExemptions(
  exemptions: readonly PlacedExemption[],
  ground: ExemptionGround,
): readonly HeldExemption[] {
  const byId = new Map<string, PlacedExemption[]>()
  return exemptions.map((exemption) => {
    const { id, environments, owner } = exemption
    const pattern = patternOf(exemption.path)
    const earlier = byId.get(id) ?? []
    const copy = earlier.length
    const [first] = earlier
    byId.set(id, earlier)
    earlier.push(exemption)
    const fatal = [
      ...(typeof pattern === 'string' ? [`its path does not hold: ${pattern}`] : []),
      ...endFlaws(exemption, ground.now),
      ...ownerFlaws(exemption, ground.teams),
      ...(first === undefined ? [] : [`\`${first.file}:${first.line}\` has the same id: give each its own`]),
    ]
    return {
      exemption,
      ...(typeof pattern === 'string' ? {} : { pattern }),
      about:
        environments === undefined
          ? ground.environments
          : ground.environments.filter((name) => environments.includes(name)),
      ...(ground.teams.includes(owner) ? { owner } : {}),
      copy,
      holds: fatal.length === 0,
      flaws: [...fatal, ...environmentFlaws(exemption, ground.environments)],
    }
  })
}

/** The last moment, in milliseconds since 1970, at which exemptions excuse what they excuse now. */
export function exemptionsHoldUntil(exemptions: readonly Pick<PlacedExemption, 'expires'>[], now: Date): number {
  const ends = exemptions.map(endOf).filter((end) => end > now.getTime())
  return ends.reduce((least, end) => Math.min(least, end - 1), Infinity)
}

function patternOf(path: string): PathPattern | string {
  try {
    return parsePattern(path)
  } catch (error) {
    if (error instanceof PathSyntaxError) return error.message
    throw error
  }
}

function endFlaws(exemption: PlacedExemption, now: Date): readonly string[] {
  const end = endOf(exemption)
  if (Number.isNaN(end)) return [`no calendar has its last day, ${exemption.expires}`]
  return end > now.getTime() ? [] : [`it ended with ${exemption.expires}: remove it, or agree on a later day`]
}

function ownerFlaws({ owner }: PlacedExemption, teams: readonly string[]): readonly string[] {
  return teams.includes(owner) ? [] : [`its owner \`${owner}\` is no team here: expected one of ${listed(teams)}`]
}

function environmentFlaws({ environments = [] }: PlacedExemption, known: readonly string[]): readonly string[] {
  const unknown = environments.filter((name) => !known.includes(name))
  return unknown.map((name) => `there is no environment \`${name}\`: expected one of ${listed(known)}`)
}

function listed(names: readonly string[]): string {
  return names
    .toSorted(compareText)
    .map((name) => `\`${name}\``)
    .join(', ')
}
