import type { Note } from '../model/report.ts'
import type { Asking } from './api.ts'
import { holding, type Holding } from './holding.ts'
import { discoverKinds } from './kinds.ts'
import { list } from './list.ts'
import { scopesOf, type Scope, type Wanted } from './scopes.ts'

/** What is to be listed, and what the cluster could not tell of itself. */
export interface ToRead {
  readonly scopes: readonly Scope[]
  readonly notes: readonly Note[]
}

/** Asks a cluster what it has of what is wanted. */
export async function findScopes(wanted: Wanted, asking: Asking): Promise<ToRead> {
  const { kinds, unknown } = await discoverKinds(asking)
  const notes = unknown.map(({ group, reason }) => ({
    code: 'group-unknown',
    message: `nothing is known of the API group \`${group}\`: ${reason}`,
  }))
  return { scopes: scopesOf(kinds, wanted), notes }
}

const atATime = 4

/** Lists everything once, four lists at a time; what cannot be listed is held as refused. */
export async function readCluster(scopes: readonly Scope[], asking: Asking): Promise<Holding> {
  const held = holding()
  const left = scopes.values()
  const listNext = async (): Promise<void> => {
    for (const scope of left) held.put(scope, await list(scope, asking))
  }
  await Promise.all(Array.from({ length: atATime }, listNext))
  return held
}
