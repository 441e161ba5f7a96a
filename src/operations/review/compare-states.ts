import type { Engine } from '../../engine/engine.ts'
import type { Note, Report } from '../../model/report.ts'
import type { ListedRule } from '../../model/listed-rule.ts'
import type { ReviewedEnvironment } from '../../model/review.ts'
import { findingDelta, type IdentityOf } from '../../review/finding-delta.ts'
import type { RulesOf } from '../../review/rule-changes.ts'
import type { Finding } from '../../model/finding.ts'
import type { Dependencies } from '../dependencies.ts'
import { ending } from '../ending.ts'
import { rules } from '../rules.ts'
import { desiredDifference } from './desired-difference.ts'
import { silentDifference } from './silent-difference.ts'
import { digestIn, findingsIn, type Asked, type CheckedState } from './states.ts'

/** Two environments that are held against each other; absent where a side has none. */
export interface Pair {
  /** What the comparison is called. */
  readonly name: string
  readonly base: string | undefined
  readonly head: string | undefined
}

/** What is held against what. */
export interface StatesInput {
  readonly base: CheckedState
  readonly head: CheckedState
  readonly pairs: readonly Pair[]
  readonly asked: Asked
  readonly identityOf?: IdentityOf
}

/** What the comparison of states comes to. */
export interface ComparedStates {
  readonly environments: readonly ReviewedEnvironment[]
  readonly rules: readonly RulesOf[]
  readonly notes: readonly Note[]
  readonly faults: NonNullable<Report['faults']>
}

/** Compares checked states, pair by pair: what is desired, what is found, and which rules there are. A fault ends its pair alone. */
export async function compareStates(dependencies: Dependencies, input: StatesInput): Promise<ComparedStates> {
  const { base, head, pairs, asked } = input
  const engine = await dependencies.engine(asked.engine)
  const faulty = [...(base.result?.report.faults ?? []), ...(head.result?.report.faults ?? [])]
  const ended = pairs.flatMap(({ name, base, head }) => {
    const fault = faulty.find(({ environment }) => environment === base || environment === head)
    return fault === undefined ? [] : [{ ...fault, environment: name }]
  })
  const sound = pairs.filter(({ name }) => !ended.some(({ environment }) => environment === name))
  const endings = await Promise.all(
    sound.map((pair) => ending(pair.name, () => comparePair(dependencies, engine, input, pair), asked.signal)),
  )
  const compared = endings.flatMap((end) => ('result' in end ? [end.result] : []))
  return {
    environments: compared.map(({ environment }) => environment),
    rules: compared.flatMap((one) => one.rules ?? []),
    notes: compared.flatMap(({ notes }) => notes),
    faults: [...ended, ...endings.flatMap((end) => ('fault' in end ? [end.fault] : []))],
  }
}

interface ComparedPair {
  readonly environment: ReviewedEnvironment
  /** Absent where a side cannot be read: then nobody knows. */
  readonly rules?: RulesOf
  readonly notes: readonly Note[]
}

async function comparePair(
  dependencies: Dependencies,
  engine: Engine,
  { base, head, asked, identityOf }: StatesInput,
  pair: Pair,
): Promise<ComparedPair> {
  const { name } = pair
  const [before, after] = [findingsIn(base, pair.base), findingsIn(head, pair.head)]
  const places = [
    { opened: base.opened, environment: pair.base },
    { opened: head.opened, environment: pair.head },
  ] as const
  const isSame = digestIn(base, pair.base) === digestIn(head, pair.head)
  const isRead = ![...before, ...after].some(({ kind, outcome }) => kind === 'unreadable' && outcome === 'conflicts')
  const [{ changes, notes }, listed, silent] = await Promise.all([
    isSame ? { changes: [], notes: [] } : desiredDifference(engine, ...places, asked),
    isRead ? rulesOf(dependencies, { base, head, asked }, pair) : undefined,
    isSame ? {} : silentDifference(engine, ...places, asked),
  ])
  const delta = findingDelta(before.filter(isNoConflict), after.filter(isNoConflict), identityOf)
  const conflicts = findingDelta(before.filter(isConflict), after.filter(isConflict), identityOf)
  const snapshots = [head.result, base.result]
    .flatMap((result) => result?.report.environments ?? [])
    .find(({ name }) => name === (pair.head ?? pair.base))?.snapshots
  return {
    environment: {
      name,
      ...(pair.base === undefined ? { only: 'head' } : pair.head === undefined ? { only: 'base' } : {}),
      snapshots: snapshots ?? [],
      changes,
      conflicts: { new: conflicts.new, resolved: conflicts.resolved },
      findings: { ...delta, renamed: [...conflicts.renamed, ...delta.renamed] },
      ...silent,
    },
    ...(listed === undefined ? {} : { rules: listed }),
    notes,
  }
}

async function rulesOf(
  dependencies: Dependencies,
  { base, head, asked }: Pick<StatesInput, 'base' | 'head' | 'asked'>,
  pair: Pair,
): Promise<RulesOf> {
  const listed = async (
    { opened, source }: CheckedState,
    environment: string | undefined,
  ): Promise<readonly ListedRule[]> =>
    environment === undefined
      ? []
      : rules({ ...dependencies, open: async () => opened }, { ...asked, source, environment })
  const [before, after] = await Promise.all([listed(base, pair.base), listed(head, pair.head)])
  return { environment: pair.name, before, after }
}

function isConflict({ outcome }: Finding): boolean {
  return outcome === 'conflicts'
}

function isNoConflict(finding: Finding): boolean {
  return !isConflict(finding)
}
