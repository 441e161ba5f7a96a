import type { CheckAnswer, EnginePath, ExplainAnswer, Request, UnifyAnswer } from '../protocol.ts'
import { desiredText } from './desired.ts'
import { digestOf } from './digest.ts'
import { lackWords, textOf } from './findings.ts'
import { judgeDesired, judgeObserved, valueAt } from './judge.ts'
import type { Evaluate } from './judge.ts'

/** A request of the engine protocol but the handshake, which a pool's greeting stands for. */
export type Question = Exclude<Request, { op: 'identity' }>

/** An answer of the engine protocol that says what it lacks. */
export type Answered = (UnifyAnswer | CheckAnswer | ExplainAnswer) & { readonly lacks: readonly string[] }

/** Answers a question as far as CUE v0.4.3 behind `evaluate` can. */
export function answer(question: Question, evaluate: Evaluate): Answered {
  const { fragments } = question
  const desired = desiredText(fragments)
  const base = { digest: digestOf(fragments, desired.files), notes: [] }
  switch (question.op) {
    case 'unify': {
      const { path = [], want = [] } = question
      const findings = judgeDesired(desired, fragments, evaluate)
      const isWanted = want.includes('json') && findings.length === 0
      const json = isWanted ? valueAt(desired, path, evaluate)?.json : undefined
      const unable = want.filter((form) => form !== 'json').map((form) => `the desired state as ${form}`)
      return {
        ...base,
        findings,
        ...(want.length > 0 && { desired: json === undefined ? {} : { json } }),
        lacks: [...lackWords(findings), ...unable],
      }
    }
    case 'check': {
      const findings = judgeObserved(desired, fragments, question.observed, evaluate)
      return { ...base, findings, lacks: lackWords(findings) }
    }
    case 'explain': {
      const { path, observed } = question
      const findings = observed
        ? judgeObserved(desired, fragments, observed, evaluate)
        : judgeDesired(desired, fragments, evaluate)
      const value = desired.unreadable.length === 0 ? valueAt(desired, path, evaluate) : undefined
      return {
        ...base,
        at: textOf(path),
        exists: value !== undefined,
        ...(value?.json !== undefined && { value: value.json }),
        conjuncts: [],
        closedBy: [],
        findings: findings.filter((found) => isWithin(found.path, path) || isWithin(path, found.path)),
        lacks: [...lackWords(findings), 'what a value is made of, and any value that is not concrete'],
      }
    }
  }
}

function isWithin(path: EnginePath, above: EnginePath): boolean {
  return above.every((label, depth) => path[depth] === label)
}
