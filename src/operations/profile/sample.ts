import type { Engine, EngineOptions } from '../../engine/engine.ts'
import type { CheckRequest, Fragments } from '../../engine/protocol.ts'
import { divide, type Entity } from '../../evaluation/division/collections.ts'
import { restrict } from '../../evaluation/division/restrict.ts'
import { wholeOf } from '../../evaluation/division/whole.ts'
import type { ObservedState } from '../../observation/cut.ts'

/** A part of a check that stands for all of it. */
export interface Sample {
  readonly request: Omit<CheckRequest, 'op'>
  /** Absent where the check cannot be divided: then the sample is everything. */
  readonly size?: { readonly entities: number; readonly of: number }
}

/** Takes at most so many entities of each pattern, evenly, with the rest of the state. */
export async function sampleOf(
  engine: Engine,
  fragments: Fragments,
  observed: ObservedState,
  most: number,
  limits: EngineOptions,
): Promise<Sample> {
  const whole = { fragments, observed: wholeOf(observed), drift: true }
  const plan = await engine.plan?.({ fragments }, limits)
  if (plan === undefined || plan.separable.length === 0) return { request: whole }
  const readsObserved = fragments.files.some(({ text }) => text.includes('#observed'))
  const division = divide(plan, observed, readsObserved)
  const collections = Array.from(division.entities.values())
  if (collections.length === 0) return { request: whole }
  const chosen = plan.separable.flatMap((_, pattern) =>
    evenly(
      collections.flat().filter(({ collection }) => collection.pattern === pattern),
      most,
    ),
  )
  const { observed: part, restriction } = restrict(plan, division, observed, chosen, readsObserved)
  return {
    request: { fragments, drift: true, restriction, observed: part },
    size: { entities: chosen.length, of: collections.flat().length },
  }
}

function evenly(entities: readonly Entity[], most: number): readonly Entity[] {
  const step = Math.max(1, entities.length / most)
  return entities.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step))
}
