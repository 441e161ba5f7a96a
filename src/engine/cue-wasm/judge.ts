// What cue-wasm can judge. The package gives one thing: the JSON of a CUE text, or the words of its first error. So the
// desired state D is written as one expression, `{part} & {part} & …`, and with the observed state O
//   - D alone contradicts itself       → one conflict, the first;
//   - D & O contradicts itself, D not  → one mismatch or unexpected, the first;
//   - D & O is a value                 → what of it is not in O is missing, unless a default may have given it;
//   - D & O lacks a value              → missing where O ends on the way to it, else incomplete.
// Everything that would need more is a lack: an incomplete finding, so that the verdict is never better than undecided.
// With a lack nothing else is judged: a conflict or mismatch found without the missing half could be none.

import type { EngineFinding, EnginePath, Fragments, Observed } from '../protocol.ts'
import { absentFrom, highestAbsent } from './absent.ts'
import type { DesiredText } from './desired.ts'
import { finding, lackFinding, unevaluated } from './findings.ts'
import { lacksOfFragments, lacksOfObserved } from './lacks.ts'
import { readError, select } from './messages.ts'
import type { FirstError } from './messages.ts'

/** The JSON of a CUE text, or CUE's words for why there is none. */
export type Evaluate = (cue: string) => { readonly json: string } | { readonly error: string }

/** What the fragments alone say: lacks, else CUE's first contradiction. */
export function judgeDesired(desired: DesiredText, fragments: Fragments, evaluate: Evaluate): readonly EngineFinding[] {
  const lacks = lacksOfFragments(fragments, desired)
  return lacks.length > 0 ? lacks : firstConflict(desired, evaluate)
}

/** What the observed state breaks of it, if the fragments agree and all was looked at. */
export function judgeObserved(
  desired: DesiredText,
  fragments: Fragments,
  observed: Observed,
  evaluate: Evaluate,
): readonly EngineFinding[] {
  const lacks = [...lacksOfFragments(fragments, desired), ...lacksOfObserved(observed)]
  if (lacks.length > 0) return lacks
  const conflicts = firstConflict(desired, evaluate)
  return conflicts.length > 0 ? conflicts : deviations(desired, observed, evaluate)
}

/** The value at a path, as JSON where it is concrete; nothing where there is none. */
export function valueAt(desired: DesiredText, path: EnginePath, evaluate: Evaluate): { json?: string } | undefined {
  for (const asPositions of [false, true]) {
    const result = evaluate(`${desired.imports}${select(desired.expression, path, asPositions)}`)
    if ('json' in result) return result
    if (readError(result.error).kind === 'undetermined') return {}
  }
  return undefined
}

function firstConflict(desired: DesiredText, evaluate: Evaluate): readonly EngineFinding[] {
  const result = evaluate(`${desired.imports}${desired.expression}`)
  if ('json' in result) return []
  const error = readError(result.error)
  if (error.kind === 'undetermined') return []
  return [error.kind === 'other' ? unevaluated(error) : finding('conflict', error.path, error.message)]
}

function deviations(desired: DesiredText, observed: Observed, evaluate: Evaluate): readonly EngineFinding[] {
  const state = readState(observed)
  if (state === undefined) return [finding('unreadable', [], 'the observed state is no JSON')]
  const result = evaluate(`${desired.imports}${desired.expression} & (${observed.state})`)
  if ('error' in result) return [firstDeviation(readError(result.error), state)]
  return absentFrom(state, JSON.parse(result.json)).map(({ path, demand }) =>
    demand === 'yes' && !desired.hasDefaults
      ? finding('missing', path, absent)
      : lackFinding(path, 'default', `${absent}, and cue-wasm cannot tell whether a default stands in`),
  )
}

function firstDeviation(error: FirstError, state: unknown): EngineFinding {
  if (error.kind === 'other') return unevaluated(error)
  if (error.kind === 'unexpected') return finding('unexpected', error.path, error.message)
  if (error.kind === 'contradiction') return finding('mismatch', error.path, error.message)
  const highest = highestAbsent(state, error.path)
  if (highest === undefined) return finding('incomplete', error.path, error.message)
  return finding('missing', highest, `${absent}: ${error.message}`)
}

function readState({ state }: Observed): unknown {
  try {
    return JSON.parse(state)
  } catch {
    return undefined
  }
}

const absent = 'nothing is observed here'
