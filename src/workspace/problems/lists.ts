import type { Data } from '../../model/data.ts'
import { memberOf } from '../../model/data-map.ts'
import { elements, members, text } from './members.ts'
import type { WorkspaceProblem } from './texts.ts'

/** Manifests among the fragments take the shape of the environment's observations, so these must agree on one. */
export function listProblems(data: Data, environments: readonly string[]): readonly WorkspaceProblem[] {
  const manifests = members(data, 'teams').some(([, team]) =>
    elements(team, 'fragments').some(([, entry]) => text(entry, 'as') === 'kubernetes'),
  )
  return manifests ? environments.flatMap((environment) => clash(data, environment)).slice(0, 1) : []
}

function clash(data: Data, environment: string): readonly WorkspaceProblem[] {
  const here = elements(data, 'observations').filter(
    ([, entry]) =>
      text(entry, 'adapter') === 'kubernetes' && [undefined, environment].includes(text(entry, 'environment')),
  )
  const shapes = new Set(here.map(([, entry]) => text(entry, 'lists') ?? 'keyed'))
  const other = here.find(([, entry]) => memberOf(entry, 'lists') !== undefined)
  if (shapes.size < 2 || !other) return []
  const [index, entry] = other
  const shape = text(entry, 'lists') ?? ''
  const rest = [...shapes].filter((candidate) => candidate !== shape).join('`, `')
  const message = `\`lists\` is \`${shape}\` here and \`${rest}\` in another entry for the environment \`${environment}\`, whose fragments hold manifests: they can have one shape only`
  return [{ pointer: ['observations', index, 'lists'], target: 'value', message }]
}
