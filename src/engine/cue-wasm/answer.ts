// What cue-wasm can say. The package gives one thing: the JSON of a CUE text, or the words of its first error. So the
// desired state D is written as one expression, `{part} & {part} & …`, and
//   - D alone contradicts itself       → one conflict, the first;
//   - D & O contradicts itself, D not  → one mismatch or unexpected, the first;
//   - D & O is a value                 → what of it is not in O is missing, unless a default may have given it;
//   - D & O lacks a value              → missing where O ends on the way to it, else incomplete.
// Everything that would need more is a lack: the answer names it, and a lack that a verdict could depend on is an
// incomplete finding, so that the verdict is never better than undecided. With such a lack nothing else is judged: a
// conflict or mismatch found without the missing half could be none.

import type { CheckAnswer, ExplainAnswer, Fragments, Observed, Request, UnifyAnswer } from '../protocol.ts'
import type { EngineFinding } from '../protocol.ts'
import { absentFrom, highestAbsent } from './absent.ts'
import { desiredText } from './desired.ts'
import type { DesiredText } from './desired.ts'
import { digestOf } from './digest.ts'
import { finding, lackFindings, unevaluated } from './findings.ts'
import type { Lack } from './findings.ts'
import { readError, select } from './messages.ts'
import type { FirstError } from './messages.ts'

/** The JSON of a CUE text, or CUE's words for why there is none. */
export type Evaluate = (cue: string) => { readonly json: string } | { readonly error: string }

type Lacking<A> = A & { readonly lacks: readonly string[] }

/** Answers a request as far as CUE v0.4.3 behind `evaluate` can. */
export function answer(
  request: Exclude<Request, { op: 'identity' }>,
  evaluate: Evaluate,
): Lacking<UnifyAnswer> | Lacking<CheckAnswer> | Lacking<ExplainAnswer> {
  const desired = desiredText(request.fragments)
  const base = { digest: digestOf(request.fragments, desired.files), notes: [] }
  switch (request.op) {
    case 'unify': {
      const lacks = lacksOf(request.fragments)
      const findings = findConflict(desired, lacks, evaluate)
      const isSound = findings.length === 0
      const json = isSound && request.want?.includes('json') ? jsonAt(desired, request.path ?? [], evaluate) : undefined
      const unwanted = (request.want ?? [])
        .filter((want) => want !== 'json')
        .map((want) => `the desired state as ${want}`)
      return {
        ...base,
        findings,
        ...(request.want && { desired: json === undefined ? {} : { json } }),
        lacks: [...lackWords(findings), ...unwanted],
      }
    }
    case 'check': {
      const findings = findAll(desired, request.fragments, request.observed, evaluate)
      return { ...base, findings, lacks: lackWords(findings) }
    }
    case 'explain': {
      const findings = request.observed
        ? findAll(desired, request.fragments, request.observed, evaluate)
        : findConflict(desired, lacksOf(request.fragments), evaluate)
      const value = desired.unreadable.length === 0 ? jsonAt(desired, request.path, evaluate) : undefined
      return {
        ...base,
        at: finding('incomplete', request.path, '').at,
        exists: value !== undefined,
        ...(value !== undefined && { value }),
        conjuncts: [],
        closedBy: [],
        findings: findings.filter(({ path }) => isWithin(path, request.path) || isWithin(request.path, path)),
        lacks: [
          ...lackWords(findings),
          'conjuncts, definitions and defaults behind a value; values that are not concrete',
        ],
      }
    }
  }
}

function findAll(desired: DesiredText, fragments: Fragments, observed: Observed, evaluate: Evaluate): EngineFinding[] {
  const conflicts = findConflict(desired, [...lacksOf(fragments), ...blindSpots(observed)], evaluate)
  return conflicts.length > 0 ? conflicts : findDeviations(desired, observed, evaluate)
}

/** What the fragments alone say: lacks first, then CUE's first contradiction. */
function findConflict(desired: DesiredText, lacks: readonly Lack[], evaluate: Evaluate): EngineFinding[] {
  const lacking = lackFindings(desired, lacks)
  if (lacking.length > 0) return lacking
  const result = evaluate(`${desired.imports}${desired.expression}`)
  if ('json' in result) return []
  const error = readError(result.error)
  if (error.kind === 'undetermined') return []
  if (error.kind === 'other') return [unevaluated(error)]
  return [finding('conflict', error.path, error.message)]
}

function findDeviations(desired: DesiredText, observed: Observed, evaluate: Evaluate): EngineFinding[] {
  const state: unknown = JSON.parse(observed.state)
  const result = evaluate(`${desired.imports}${desired.expression} & (${observed.state})`)
  if ('error' in result) return [deviation(readError(result.error), state)]
  const unified: unknown = JSON.parse(result.json)
  return absentFrom(state, unified).map(({ path, demand }) =>
    demand === 'yes' && !desired.hasDefaults
      ? finding('missing', path, 'nothing is observed here')
      : finding('incomplete', path, 'nothing is observed here, and cue-wasm cannot tell whether a default stands in'),
  )
}

function deviation(error: FirstError, state: unknown): EngineFinding {
  switch (error.kind) {
    case 'unexpected':
      return finding('unexpected', error.path, error.message)
    case 'contradiction':
      return finding('mismatch', error.path, error.message)
    case 'undetermined': {
      const absent = highestAbsent(state, error.path)
      return absent === undefined
        ? finding('incomplete', error.path, error.message)
        : finding('missing', absent, `nothing is observed here: ${error.message}`)
    }
    case 'other':
      return unevaluated(error)
  }
}

/** What the fragments of a request ask for beyond CUE v0.4.3. */
function lacksOf(fragments: Fragments): Lack[] {
  const lacks: Lack[] = []
  const tags = Object.keys(fragments.tags)
  if (tags.length > 0) lacks.push({ name: 'tags', words: `tags are given (${tags.sort().join(', ')})` })
  if (fragments.limits.length > 0) {
    const teams = fragments.limits.map(({ team }) => team).sort()
    lacks.push({ name: 'limits', words: `some teams may speak about some paths only (${teams.join(', ')})` })
  }
  return lacks
}

/** Why absence in the observed state is not evidence everywhere; none if all was looked at and nobody differs. */
function blindSpots({ coverage, contested, masked }: Observed): Lack[] {
  const sees = coverage.some(({ path, status }) => path.length === 0 && status === 'covered')
  const isRefused = coverage.some(({ status }) => status === 'refused')
  const lacks: Lack[] = []
  if (!sees || isRefused) lacks.push({ name: 'coverage', words: 'a part of the observed state was not looked at' })
  if (contested.length > 0) lacks.push({ name: 'contested', words: 'observers contradict each other' })
  if (masked.length > 0) lacks.push({ name: 'masked', words: 'observed values are masked' })
  return lacks
}

function jsonAt(desired: DesiredText, path: readonly string[], evaluate: Evaluate): string | undefined {
  for (const asPositions of [false, true]) {
    const result = evaluate(`${desired.imports}${select(desired.expression, path, asPositions)}`)
    if ('json' in result) return result.json
  }
  return undefined
}

function lackWords(findings: readonly EngineFinding[]): string[] {
  return findings.filter(({ rule }) => rule.id.startsWith('congruent:cue-wasm/')).map(({ message }) => message)
}

function isWithin(path: readonly string[], above: readonly string[]): boolean {
  return above.every((label, depth) => path[depth] === label)
}
