import { toJson } from '../../document/to-json.ts'
import type { Observed } from '../../engine/protocol.ts'
import type { ObservedState } from '../../observation/cut.ts'

/** An observed state as an engine reads it, all of it: equal states, equal text. */
export function wholeOf({ state, coverage, contested, masked }: ObservedState): Observed {
  return { state: toJson(state, { sorted: true }), coverage, contested, masked }
}
