import type { EnginePath, PlanAnswer, Restriction } from '../../engine/protocol.ts'

/** A restriction that keeps the entities that some paths lie in, or lead to; undefined where nothing is separable. */
export function restrictionTo(
  { separable }: Pick<PlanAnswer, 'separable'>,
  paths: readonly EnginePath[],
): Restriction | undefined {
  if (separable.length === 0) return undefined
  const keep = new Map<string, EnginePath>()
  for (const { path: pattern } of separable)
    for (const path of paths) {
      const entity = path.slice(0, pattern.length)
      const isIn =
        entity.length === pattern.length && pattern.every((label, at) => label === null || label === entity[at])
      if (isIn) keep.set(JSON.stringify(entity), entity)
    }
  return { patterns: separable.map(({ path }) => path), keep: [...keep.values()] }
}
