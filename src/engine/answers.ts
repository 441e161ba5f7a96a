import { Fault } from '../errors.ts'
import type { EngineAnswer } from './engine.ts'
import type {
  CheckAnswer,
  DiffAnswer,
  ExercisedAnswer,
  MutantsAnswer,
  ExplainAnswer,
  LintAnswer,
  PlanAnswer,
  Refusal,
  RemovedAnswer,
  RulesAnswer,
  OutlineAnswer,
  SupplyAnswer,
  UnifyAnswer,
  LatentAnswer,
} from './protocol.ts'

/** Reads an engine's answer to `unify`. */
export function readUnifyAnswer(text: string, subject: string): EngineAnswer<UnifyAnswer> {
  return read(text, subject, isUnifyAnswer)
}

/** Reads an engine's answer to `check`. */
export function readCheckAnswer(text: string, subject: string): EngineAnswer<CheckAnswer> {
  return read(text, subject, isCheckAnswer)
}

/** Reads an engine's answer to `explain`. */
export function readExplainAnswer(text: string, subject: string): EngineAnswer<ExplainAnswer> {
  return read(text, subject, isExplainAnswer)
}

/** Reads an engine's answer to `plan`. */
export function readPlanAnswer(text: string, subject: string): EngineAnswer<PlanAnswer> {
  return read(text, subject, isPlanAnswer)
}

/** Reads an engine's answer to `rules`. */
export function readRulesAnswer(text: string, subject: string): EngineAnswer<RulesAnswer> {
  return read(text, subject, isRulesAnswer)
}

/** Reads an engine's answer to `exercised`. */
export function readExercisedAnswer(text: string, subject: string): EngineAnswer<ExercisedAnswer> {
  return read(text, subject, isExercisedAnswer)
}

/** Reads an engine's answer to `mutants`. */
export function readMutantsAnswer(text: string, subject: string): EngineAnswer<MutantsAnswer> {
  return read(text, subject, isMutantsAnswer)
}

/** Reads an engine's answer to `diff`. */
export function readDiffAnswer(text: string, subject: string): EngineAnswer<DiffAnswer> {
  return read(text, subject, isDiffAnswer)
}

/** Reads an engine's answer to `latent`. */
export function readLatentAnswer(text: string, subject: string): EngineAnswer<LatentAnswer> {
  return read(text, subject, isLatentAnswer)
}

/** Reads an engine's answer to `lint`. */
export function readLintAnswer(text: string, subject: string): EngineAnswer<LintAnswer> {
  return read(text, subject, isLintAnswer)
}

/** Reads an engine's answer to `removed`. */
export function readRemovedAnswer(text: string, subject: string): EngineAnswer<RemovedAnswer> {
  return read(text, subject, isRemovedAnswer)
}

/** Reads an engine's answer to `outline`. */
export function readOutlineAnswer(text: string, subject: string): EngineAnswer<OutlineAnswer> {
  return read(text, subject, isOutlineAnswer)
}

/** Reads an engine's answer to `supply`. */
export function readSupplyAnswer(text: string, subject: string): EngineAnswer<SupplyAnswer> {
  return read(text, subject, isSupplyAnswer)
}

// The handshake has shown that host and engine speak the same protocol; what is looked at here tells an answer of the
// asked kind from any other text, not every member.
function read<A extends object>(
  text: string,
  subject: string,
  isAnswer: (value: unknown) => value is A,
): EngineAnswer<A> {
  const answer = parse(text)
  if (isAnswer(answer)) return { ...answer, lacks: lacksOf(answer) }
  const words = isRefusal(answer) ? `refused the request: ${answer.refusal}` : 'gave an answer of another kind'
  throw new Fault('INTERNAL', `${subject}: the engine ${words}; this is a defect of Congruent`)
}

/** What the engine itself says it lacks; an engine that lacks nothing need not say so. */
function lacksOf(answer: object): readonly string[] {
  if (!('lacks' in answer) || !Array.isArray(answer.lacks)) return []
  return answer.lacks.filter((lack) => typeof lack === 'string')
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

type Answered = Readonly<Record<'digest' | 'findings' | 'notes', unknown>>

function isAnswered(value: unknown): value is Answered {
  return (
    typeof value === 'object' &&
    value !== null &&
    'digest' in value &&
    typeof value.digest === 'string' &&
    'findings' in value &&
    Array.isArray(value.findings) &&
    'notes' in value &&
    Array.isArray(value.notes)
  )
}

function isUnifyAnswer(value: unknown): value is UnifyAnswer {
  return isAnswered(value)
}

function isCheckAnswer(value: unknown): value is CheckAnswer {
  return isAnswered(value)
}

function isExplainAnswer(value: unknown): value is ExplainAnswer {
  return (
    isAnswered(value) &&
    'exists' in value &&
    typeof value.exists === 'boolean' &&
    'conjuncts' in value &&
    Array.isArray(value.conjuncts)
  )
}

function isPlanAnswer(value: unknown): value is PlanAnswer {
  return (
    typeof value === 'object' &&
    value !== null &&
    'separable' in value &&
    Array.isArray(value.separable) &&
    'crossing' in value &&
    Array.isArray(value.crossing)
  )
}

function isRulesAnswer(value: unknown): value is RulesAnswer {
  return typeof value === 'object' && value !== null && 'rules' in value && Array.isArray(value.rules)
}

function isExercisedAnswer(value: unknown): value is ExercisedAnswer {
  return isRulesAnswer(value)
}

function isMutantsAnswer(value: unknown): value is MutantsAnswer {
  return typeof value === 'object' && value !== null && 'mutants' in value && Array.isArray(value.mutants)
}

function isDiffAnswer(value: unknown): value is DiffAnswer {
  return typeof value === 'object' && value !== null && 'changes' in value && Array.isArray(value.changes)
}

function isLatentAnswer(value: unknown): value is LatentAnswer {
  return isAnswered(value)
}

function isLintAnswer(value: unknown): value is LintAnswer {
  return (
    isAnswered(value) &&
    'rules' in value &&
    Array.isArray(value.rules) &&
    'paths' in value &&
    Array.isArray(value.paths)
  )
}

function isRemovedAnswer(value: unknown): value is RemovedAnswer {
  return isAnswered(value)
}

function isSupplyAnswer(value: unknown): value is SupplyAnswer {
  return typeof value === 'object' && value !== null && 'supplies' in value && Array.isArray(value.supplies)
}

function isOutlineAnswer(value: unknown): value is OutlineAnswer {
  return typeof value === 'object' && value !== null && 'outlines' in value && Array.isArray(value.outlines)
}

function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && 'refusal' in value && typeof value.refusal === 'string'
}
