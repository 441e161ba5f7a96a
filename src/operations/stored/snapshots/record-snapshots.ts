import { readingTime } from '../../../document/reading-time.ts'
import { Fault } from '../../../errors.ts'
import type { Data } from '../../../model/data.ts'
import type { StoredSnapshot } from '../../../model/stored-snapshot.ts'
import type { Transaction } from '../../../store/store.ts'
import type { Asker } from '../asker.ts'
import type { StoredDependencies } from '../dependencies.ts'
import { inForce } from '../in-force.ts'
import { noWorkspace } from '../stored-workspace.ts'
import { keepSnapshot, type Kept } from './keep-snapshot.ts'
import { receivingOf, type WorkspaceReceiving } from './receiving.ts'
import { sentSnapshot, type SentSnapshot } from './sent-snapshot.ts'

/** Snapshots that came together. */
export interface SnapshotsInput extends Asker {
  readonly workspace: string
  /** Counts for those that name none. */
  readonly environment?: string
  /** Each a snapshot document, or state in a form that an adapter reads; what could not even be read is a Fault. */
  readonly sent: AsyncIterable<Data | Fault> | Iterable<Data | Fault>
  /** Whether the asker may speak for an observer. */
  readonly may: (observer: string) => boolean
  /** Milliseconds that reading one of them may take. */
  readonly deadlineMs: number
}

/** What became of one snapshot; told once it is kept for certain. */
export type SnapshotResult = Kept | { readonly result: 'refused'; readonly fault: Fault }

/** So many are kept in one transaction. */
const together = 16

/**
 * Keeps snapshots, and asks for the checks that follow from them: one that cannot be kept costs itself only. Answers one result for each, in
 * the order in which they came. Throws WORKSPACE_NOT_FOUND.
 */
export async function* recordSnapshots(
  dependencies: StoredDependencies,
  input: SnapshotsInput,
): AsyncGenerator<SnapshotResult> {
  const { read, source } = await inForce(dependencies, input.workspace)
  const receiving = receivingOf(read, input.environment, (environment, time) =>
    dependencies.congruent.definitions({ source, time, ...(environment === undefined ? {} : { environment }) }),
  )
  let waiting: (SentSnapshot | Fault)[] = []
  for await (const sent of input.sent) {
    waiting.push(await received(sent, receiving, input))
    if (waiting.length < together) continue
    yield* await keepAll(dependencies, receiving, input, waiting)
    waiting = []
  }
  yield* await keepAll(dependencies, receiving, input, waiting)
}

async function received(
  sent: Data | Fault,
  receiving: WorkspaceReceiving,
  { workspace, may, deadlineMs }: SnapshotsInput,
): Promise<SentSnapshot | Fault> {
  if (sent instanceof Fault) return sent
  try {
    const time = readingTime(deadlineMs, () => performance.now(), 'the snapshot')
    const snapshot = await sentSnapshot(sent, receiving, time)
    if (may(snapshot.observer)) return snapshot
    const { observer } = snapshot
    return new Fault(
      'FORBIDDEN',
      `this token may not speak for the observer \`${observer}\`: it needs the scope \`observe:${workspace}/${observer}\``,
    )
  } catch (error) {
    if (error instanceof Fault) return error
    throw error
  }
}

async function keepAll(
  { store, queue, clock }: StoredDependencies,
  { ages, environments }: WorkspaceReceiving,
  input: SnapshotsInput,
  waiting: readonly (SentSnapshot | Fault)[],
): Promise<readonly SnapshotResult[]> {
  const { workspace, by } = input
  const refused = (fault: Fault): SnapshotResult => ({ result: 'refused', fault })
  if (waiting.every((one) => one instanceof Fault)) return waiting.map(refused)
  return store.transaction(async (tables) => {
    if ((await tables.workspaces.lock(workspace)) === undefined) throw noWorkspace(workspace)
    const now = clock()
    const results: SnapshotResult[] = []
    for (const one of waiting) {
      const kept =
        one instanceof Fault ? one : await keepSnapshot(tables, one, { workspace, by, now, ages: ages(one.observer) })
      results.push(kept instanceof Fault ? refused(kept) : kept)
    }
    const recorded = results.flatMap((one) => (one.result === 'recorded' ? [one.snapshot] : []))
    if (recorded.length > 0) await tell(tables, queue, input, recorded, environments)
    return results
  })
}

/** What follows from new snapshots, in the transaction that keeps them. */
async function tell(
  tables: Transaction,
  queue: StoredDependencies['queue'],
  { workspace, by, request }: SnapshotsInput,
  recorded: readonly StoredSnapshot[],
  environments: readonly string[],
): Promise<void> {
  const [first, ...more] = recorded
  if (first === undefined) return
  await tables.events.append(
    workspace,
    recorded.map(({ environment, observer, sequence, observedAt, receivedAt }) => ({
      kind: 'snapshot',
      at: receivedAt,
      by,
      ...(environment === undefined ? {} : { environment }),
      observer,
      sequence,
      observedAt,
    })),
  )
  const named = `${first.observer} ${first.sequence}`
  await tables.audit.append({
    at: first.receivedAt,
    by,
    action: 'record snapshots',
    workspace,
    subject: more.length === 0 ? named : `${named} and ${more.length} more`,
    ...(request === undefined ? {} : { request }),
  })
  const concerned = environments.filter((name) =>
    recorded.some(({ environment }) => environment === undefined || environment === name),
  )
  for (const environment of concerned) {
    await tables.checks.want(workspace, environment)
    await queue.send('check', { workspace, environment }, { within: tables })
  }
}
