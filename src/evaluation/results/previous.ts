import { keepNewest } from '../../model/keep-newest.ts'
import type { EngineFinding } from '../../engine/protocol.ts'
import type { Data } from '../../model/data.ts'
import type { Collection, Entity } from '../division/collections.ts'
import { entityKey } from '../entity-key.ts'
import { equalData } from './equal-data.ts'

const mostEnvironments = 8

/** What the last check of an environment found of each entity, so that only what changed is looked at. */
export interface Previous {
  /** The findings of an entity that was the same then, under the same key of all that it depends on beside itself. */
  findingsOf(entity: Entity, key: string): readonly EngineFinding[] | undefined
}

interface Known {
  readonly key: string
  readonly value: Data | undefined
  readonly findings: readonly EngineFinding[]
}

type ByLabel = ReadonlyMap<string, Known>

/** Keeps the last check of each environment. */
export interface PreviousChecks {
  of(environment: string): Previous
  keep(
    environment: string,
    results: Iterable<{ entity: Entity; key: string; findings: readonly EngineFinding[] }>,
  ): void
}

/** Entities that are partly masked or contested are never taken from a last check. */
export function previousChecks(): PreviousChecks {
  const kept = new Map<string, ReadonlyMap<string, ByLabel>>()
  return {
    of: (environment) => {
      const collections = kept.get(environment)
      let last: { readonly collection: Collection; readonly members: ByLabel | undefined } | undefined
      return {
        findingsOf: (entity, key) => {
          if (collections === undefined || entity.marks !== undefined) return undefined
          if (last?.collection !== entity.collection) {
            const { collection } = entity
            last = { collection, members: collections.get(entityKey(collection.path)) }
          }
          const before = last.members?.get(entity.label)
          return before?.key === key && isSame(before.value, entity.value) ? before.findings : undefined
        },
      }
    },
    keep: (environment, results) => {
      const collections = new Map<string, Map<string, Known>>()
      let last: { readonly collection: Collection; readonly members: Map<string, Known> } | undefined
      for (const { entity, key, findings } of results) {
        const { collection, label, value } = entity
        if (entity.marks !== undefined) continue
        if (last?.collection !== collection) {
          const at = entityKey(collection.path)
          const members = collections.get(at) ?? new Map<string, Known>()
          collections.set(at, members)
          last = { collection, members }
        }
        last.members.set(label, { key, value, findings })
      }
      keepNewest(kept, environment, collections, mostEnvironments)
    },
  }
}

function isSame(a: Data | undefined, b: Data | undefined): boolean {
  return a === undefined || b === undefined ? a === b : equalData(a, b)
}
