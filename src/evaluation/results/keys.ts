import { toJson } from '../../document/to-json.ts'
import type { EngineIdentity } from '../../engine/engine.ts'
import { protocolVersion, type SeparablePattern } from '../../engine/protocol.ts'
import type { Path } from '../../model/path.ts'
import type { ObservedState } from '../../observation/cut.ts'
import { digestForAll, outsideOf } from './outside.ts'
import { seen } from '../sight.ts'
import type { Divided } from '../asking.ts'
import type { Circumstances } from '../circumstances.ts'
import type { Entity } from '../division/collections.ts'
import { digestOf } from '../digest.ts'
import { entityKey } from '../entity-key.ts'
import { restrict } from '../division/restrict.ts'

/** Names what an engine would answer about fragments, whatever is observed. */
export function baseOf(identity: EngineIdentity, fragments: string): string {
  return digestOf([JSON.stringify(identity), String(protocolVersion), fragments])
}

/** Under which an entity's findings are remembered. */
export interface EntityKeys {
  /** Equal for entities of one pattern that are equal but for their paths; absent where the label matters. */
  readonly shared?: string
  readonly own: string
}

/** Names what the findings of entities depend on. */
export interface Keys {
  of(entity: Entity): EntityKeys
  patternOf(entity: Entity): SeparablePattern | undefined
  rest(): string
}

/** Digests of what the entities of a pattern read outside themselves, by pattern. */
export function readDigests({ request: { observed }, plan }: Divided): (pattern: number) => string {
  const digests = new Map<number, string>()
  return (pattern) => {
    const made = digests.get(pattern) ?? digestForAll(observed, plan.separable[pattern]?.reads ?? [])
    digests.set(pattern, made)
    return made
  }
}

/** The keys of one request. Where it is known for what labels are read, entities are equal if only that is equal. */
export function keysOf(
  { request, plan, division, readsObserved }: Divided,
  base: string,
  { cases, caseOf }: Circumstances,
): Keys {
  const { observed, drift } = request
  const outside = plan.separable.map((pattern) => outsideOf(observed, pattern.reads))
  const group = `findings/${base}${drift ? '' : '-'}/`
  return {
    of: (entity) => {
      const { collection, value, named, marks } = entity
      const { path = [], sight = true, readsLabel = true } = plan.separable[collection.pattern] ?? {}
      const below = (place: Path): Path => place.slice(path.length)
      const content = digestOf([
        JSON.stringify(path),
        value === undefined ? '' : toJson(named === undefined ? seen(value, sight) : value, { sorted: true }),
        marks === undefined
          ? ''
          : JSON.stringify([
              marks.masked.map(below),
              marks.contested.map((one) => ({ ...one, path: below(one.path) })),
            ]),
        outside[collection.pattern]?.(entity.path) ?? '',
      ])
      const own = `${group}${digestOf([content, entityKey(entity.path)])}`
      if (named !== undefined) return { own }
      if (!readsLabel) return { own, shared: `${group}${content}` }
      const known = cases[caseOf(entity) ?? -1]
      return known?.coversLabels === true ? { own, shared: `${group}${digestOf([content, known.outcomes])}` } : { own }
    },
    patternOf: ({ collection }) => plan.separable[collection.pattern],
    rest: () =>
      `rest/${base}${drift ? '' : '-'}/${digestOf([restText({ plan, division, readsObserved }, observed, drift)])}`,
  }
}

/** Equal where an engine is asked the same about the rest of a state: about no entity at all. */
export function restText(
  { plan, division, readsObserved }: Pick<Divided, 'plan' | 'division' | 'readsObserved'>,
  observed: ObservedState,
  drift: boolean,
): string {
  const { observed: left, restriction } = restrict(plan, division, observed, [], readsObserved)
  return JSON.stringify([left, restriction, drift])
}
