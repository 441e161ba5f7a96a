import type {
  CheckAnswer,
  CheckRequest,
  EnginePath,
  ExplainAnswer,
  ExplainRequest,
  UnifyAnswer,
  UnifyRequest,
} from '../protocol.ts'
import { desiredText } from './desired.ts'
import { digestOf } from './digest.ts'
import { lackWords, textOf } from './findings.ts'
import { judgeDesired, judgeObserved, valueAt } from './judge.ts'
import type { Evaluate } from './judge.ts'

/** A request of the engine protocol but the handshake, which a pool's greeting stands for. */
export type Question = UnifyRequest | CheckRequest | ExplainRequest

type Lacking<A> = A & { readonly lacks: readonly string[] }

/** Answers a question as far as CUE v0.4.3 behind `evaluate` can, and says what the answer lacks. */
export function answer(
  question: Question,
  evaluate: Evaluate,
): Lacking<UnifyAnswer> | Lacking<CheckAnswer> | Lacking<ExplainAnswer> {
  if (question.op === 'unify') return unify(question, evaluate)
  return question.op === 'check' ? check(question, evaluate) : explain(question, evaluate)
}

function unify({ fragments, path = [], want = [] }: UnifyRequest, evaluate: Evaluate): Lacking<UnifyAnswer> {
  const desired = desiredText(fragments)
  const findings = judgeDesired(desired, fragments, evaluate)
  const isWanted = want.includes('json') && findings.length === 0
  const json = isWanted ? valueAt(desired, path, evaluate)?.json : undefined
  const unable = want.filter((form) => form !== 'json').map((form) => `the desired state as ${form}`)
  return {
    digest: digestOf(fragments, desired.files),
    findings,
    notes: [],
    ...(want.length > 0 && { desired: json === undefined ? {} : { json } }),
    lacks: [...lackWords(findings), ...unable],
  }
}

function check({ fragments, observed }: CheckRequest, evaluate: Evaluate): Lacking<CheckAnswer> {
  const desired = desiredText(fragments)
  const findings = judgeObserved(desired, fragments, observed, evaluate)
  return { digest: digestOf(fragments, desired.files), findings, notes: [], lacks: lackWords(findings) }
}

function explain({ fragments, path, observed }: ExplainRequest, evaluate: Evaluate): Lacking<ExplainAnswer> {
  const desired = desiredText(fragments)
  const findings = observed
    ? judgeObserved(desired, fragments, observed, evaluate)
    : judgeDesired(desired, fragments, evaluate)
  const value = desired.unreadable.length === 0 ? valueAt(desired, path, evaluate) : undefined
  return {
    digest: digestOf(fragments, desired.files),
    at: textOf(path),
    exists: value !== undefined,
    ...(value?.json !== undefined && { value: value.json }),
    conjuncts: [],
    closedBy: [],
    findings: findings.filter((found) => isWithin(found.path, path) || isWithin(path, found.path)),
    notes: [],
    lacks: [...lackWords(findings), 'what a value is made of, and any value that is not concrete'],
  }
}

function isWithin(path: EnginePath, above: EnginePath): boolean {
  return above.every((label, depth) => path[depth] === label)
}
