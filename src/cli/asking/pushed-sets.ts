import type { Client } from '../../client/client.ts'
import { notUnderstood } from '../../client/findings.ts'
import { Fault } from '../../errors.ts'
import type { Scope } from '../../model/access.ts'
import { isDataList } from '../../model/data.ts'
import { memberOf } from '../../model/data-map.ts'
import { anyCovers, parseScope } from '../../model/scope.ts'
import type { Bundle, FilesByName } from '../../operations/bundle.ts'

/** A file set that is to be published. */
export interface PushedSet {
  /** For messages. */
  readonly name: string
  /** Absent: the files of no team. */
  readonly team?: string
  /** Texts by name. */
  readonly files: ReadonlyMap<string, string>
}

/** The sets to send: those of the teams that are named, else of all that have files here and that the token may publish for. */
export async function pushedSets(
  client: Client,
  { workspace, teams, shared }: Bundle,
  { named, withShared }: { readonly named: readonly string[]; readonly withShared: boolean },
): Promise<readonly PushedSet[]> {
  const chosen: PushedSet[] = withShared ? [{ name: 'shared files', files: textsOf(shared) }] : []
  for (const team of named) {
    const files = teams.get(team)
    if (files === undefined)
      throw new Fault('USAGE', `there is no team \`${team}\`: expected one of ${listed([...teams.keys()])}`)
    if (files.size === 0) throw new Fault('USAGE', `team \`${team}\` has no fragments in this folder`)
    chosen.push({ name: team, team, files: textsOf(files) })
  }
  if (named.length > 0) return chosen
  const scopes = await scopesOf(client)
  const present = [...teams].filter(([, files]) => files.size > 0)
  const allowed = present.filter(([team]) => anyCovers(scopes, `publish:${workspace}/${team}`))
  if (allowed.length > 0)
    return [...chosen, ...allowed.map(([team, files]) => ({ name: team, team, files: textsOf(files) }))]
  if (withShared && present.length === 0) return chosen
  const why =
    present.length === 0
      ? 'no team has fragments in this folder'
      : `the token may publish for none of the teams that have fragments here: ${listed(present.map(([team]) => team))}`
  throw new Fault('USAGE', why)
}

async function scopesOf(client: Client): Promise<readonly Scope[]> {
  const { data } = await client.send({ method: 'GET', path: ['v1', 'me'] })
  const scopes = memberOf(data, 'scopes')
  if (scopes === undefined || !isDataList(scopes)) throw notUnderstood(client.server)
  return scopes.flatMap((text) => {
    const read = parseScope(typeof text === 'string' ? text : '')
    return 'scope' in read ? [read.scope] : []
  })
}

function textsOf(files: FilesByName): ReadonlyMap<string, string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  return new Map(
    Array.from(files, ([name, bytes]) => {
      try {
        return [name, decoder.decode(bytes)]
      } catch {
        throw new Fault('USAGE', `\`${name}\` is no UTF-8 text: fragments are`)
      }
    }),
  )
}

function listed(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ')
}
