import { Fault } from '../errors.ts'
import { suggestion } from '../schema/did-you-mean.ts'

/** The environments that were asked for, each known, in the order of the workspace; all of them where none was named. */
export function chosenEnvironments(asked: readonly string[] | undefined, known: readonly string[]): readonly string[] {
  if (asked === undefined || asked.length === 0) return known
  for (const name of asked) {
    if (!known.includes(name)) throw new Fault('USAGE', unknownEnvironment(name, known))
  }
  return known.filter((name) => asked.includes(name))
}

/** The one environment that was asked for, or the only one there is. */
export function oneEnvironment(asked: string | undefined, known: readonly string[]): string {
  const [first, second] = chosenEnvironments(asked === undefined ? undefined : [asked], known)
  if (first !== undefined && second === undefined) return first
  throw new Fault('USAGE', `say which environment with \`-e\`: ${listed(known)}`)
}

/** A team that was asked for, if the workspace has it. */
export function knownTeam(team: string, known: readonly string[]): string {
  if (known.includes(team)) return team
  throw new Fault('USAGE', `there is no team \`${team}\`: ${listed(known)}${suggestion(team, known)}`)
}

/** Says that there is no such environment, which there are, and which was meant. */
export function unknownEnvironment(name: string, known: readonly string[]): string {
  return `there is no environment \`${name}\`: ${listed(known)}${suggestion(name, known)}`
}

/** Says which names are to be had. */
export function listed(names: readonly string[]): string {
  return `expected one of ${names.map((name) => `\`${name}\``).join(', ')}`
}
