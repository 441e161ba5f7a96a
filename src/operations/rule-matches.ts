import type { RuleMatches } from '../model/listed-rule.ts'
import { readEnvironment } from './check-environment.ts'
import type { Dependencies, RequestOptions } from './dependencies.ts'
import type { Inputs } from './inputs.ts'
import { metRules } from './met-rules.ts'
import { sensitiveMask } from './sensitive-mask.ts'

/** Of which environment, seen how, it is asked where rules speak. */
export interface RuleMatchesInput extends RequestOptions, Inputs {
  readonly environment: string
  /** Default: the clock. */
  readonly now?: Date
}

/** At how many observed paths each rule speaks, by id and team; those that speak nowhere are left out; undefined where the engine cannot tell. */
export async function ruleMatches(
  dependencies: Dependencies,
  input: RuleMatchesInput,
): Promise<readonly RuleMatches[] | undefined> {
  const { environment, now = dependencies.clock() } = input
  const opened = await dependencies.open(input.source)
  const { workspace } = opened.read
  const engine = await dependencies.engine(input.engine ?? workspace.engine ?? 'cue-go')
  if (engine.exercised === undefined) return undefined
  const { fragments, cut, limits } = await readEnvironment(environment, {
    opened,
    inputs: input,
    shared: { now, cache: new Map(), rereading: dependencies.rereading },
    clock: dependencies.clock,
    limits: input,
  })
  if (fragments.unreadable.length > 0) return []
  const mask = await sensitiveMask({ workspace, fragments, cut }, engine, limits)
  const met = await metRules(engine, { fragments, observed: cut.observed }, limits)
  return met.map(({ id, ...rule }) => ({ id: mask?.text(id) ?? id, ...rule }))
}
