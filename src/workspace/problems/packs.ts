import type { Data } from '../../model/data.ts'
import { memberOf } from '../../model/data-map.ts'
import type { PackDocument } from '../../model/pack.ts'
import type { Path } from '../../model/path.ts'
import { unknownPack } from '../../packs/unknown-pack.ts'
import { suggestion } from '../../schema/did-you-mean.ts'
import { environmentListProblems } from './fragments.ts'
import { elements, members, text } from './members.ts'
import type { WorkspaceProblem } from './texts.ts'

/** The packs that a workspace could name, and what those that it names say of themselves. */
export interface KnownPacks {
  readonly names: readonly string[]
  readonly packs: ReadonlyMap<string, PackDocument>
}

/** What is wrong with the packs of a workspace: names that do not exist, one pack twice in an environment, parameters that it does not have. */
export function packProblems(
  data: Data,
  { names, packs }: KnownPacks,
  { environments, teams }: { readonly environments: readonly string[]; readonly teams: readonly string[] },
): readonly WorkspaceProblem[] {
  const used = new Map<string, (readonly string[])[]>()
  return elements(data, 'packs').flatMap(([index, entry]) => {
    const base = ['packs', index]
    const name = nameOfPack(entry)
    if (name === undefined) return []
    const pointer = typeof entry === 'string' ? base : [...base, 'pack']
    if (!names.includes(name)) {
      return [{ pointer, target: 'value', message: unknownPack(name, names) }]
    }
    const given = elements(entry, 'environments').flatMap(([, one]) => (typeof one === 'string' ? [one] : []))
    const here = memberOf(entry, 'environments') === undefined ? environments : given
    const earlier = used.get(name) ?? []
    used.set(name, [...earlier, here])
    const twice = here.find((environment) => earlier.some((there) => there.includes(environment)))
    const message = `the pack \`${name}\` is given twice for the environment \`${twice}\`: say all in one entry, or give each its own \`environments\``
    return [
      ...(twice === undefined ? [] : [{ pointer, target: 'value' as const, message }]),
      ...environmentListProblems(base, entry, environments, 'pack'),
      ...teamProblems(base, text(entry, 'team'), teams),
      ...parameterProblems([...base, 'parameters'], entry, packs.get(name)),
      ...listProblems(data, here, packs.get(name)),
    ]
  })
}

/** The name of the pack that an entry is about. */
export function nameOfPack(entry: Data): string | undefined {
  return typeof entry === 'string' ? entry : text(entry, 'pack')
}

function teamProblems(base: Path, team: string | undefined, teams: readonly string[]): readonly WorkspaceProblem[] {
  if (team === undefined || teams.includes(team)) return []
  const message = `there is no team \`${team}\`${suggestion(team, teams)}; without \`team\` the rules count for a team named as the pack`
  return [{ pointer: [...base, 'team'], target: 'value', message }]
}

/** Rules about lists by key would refuse every list that stays one. */
function listProblems(
  data: Data,
  environments: readonly string[],
  pack: PackDocument | undefined,
): readonly WorkspaceProblem[] {
  if (pack?.lists === undefined) return []
  return elements(data, 'observations').flatMap(([index, entry]): WorkspaceProblem[] => {
    const environment = text(entry, 'environment')
    const isMet = environment === undefined || environments.includes(environment)
    if (!isMet || text(entry, 'lists') !== 'plain') return []
    const message = `the pack \`${pack.pack}\` is written for lists by key: leave \`lists\` out here, or the pack in this environment`
    return [{ pointer: ['observations', index, 'lists'], target: 'value', message }]
  })
}

/** Names, at whatever depth, that the pack does not read: what they set would be lost without a word. */
function parameterProblems(base: Path, entry: Data, pack: PackDocument | undefined): readonly WorkspaceProblem[] {
  if (pack === undefined) return []
  const known = Object.keys(pack.parameters?.members ?? {}).map((name) => name.split('.'))
  return unknownMembers(entry, 'parameters', [], known).map(({ path, siblings }) => {
    const name = path.at(-1) ?? ''
    const owner = path.length === 1 ? `the pack \`${pack.pack}\`` : `\`${path.slice(0, -1).join('.')}\` of the pack`
    const others = siblings.length === 0 ? 'none' : siblings.map((one) => `\`${one}\``).join(', ')
    const message = `${owner} has no parameter \`${name}\`${suggestion(name, siblings)}; it has ${others}`
    return { pointer: [...base, ...path], target: 'key', message }
  })
}

interface UnknownMember {
  readonly path: readonly string[]
  /** What could stand there instead. */
  readonly siblings: readonly string[]
}

function unknownMembers(
  owner: Data | undefined,
  key: string,
  path: readonly string[],
  known: readonly (readonly string[])[],
): readonly UnknownMember[] {
  const siblings = [...new Set(known.flatMap((names) => names[path.length] ?? []))]
  if (siblings.length === 0 && path.length > 0) return []
  return members(owner, key).flatMap(([name]): readonly UnknownMember[] => {
    const below = [...path, name]
    if (!siblings.includes(name)) return [{ path: below, siblings }]
    const longer = known.filter((names) => names[path.length] === name)
    return unknownMembers(memberOf(owner, key), name, below, longer)
  })
}
