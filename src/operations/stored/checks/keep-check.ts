import { createHash } from 'node:crypto'
import type { CheckCause, CheckRecord } from '../../../model/check-record.ts'
import { exactJson } from '../../../model/exact-json.ts'
import type { Finding } from '../../../model/finding.ts'
import type { Report } from '../../../model/report.ts'
import type { Revision } from '../../../model/revision.ts'
import type { StoredSnapshot } from '../../../model/stored-snapshot.ts'
import type { ObservationEntry } from '../../../model/workspace.ts'
import type { Checks } from '../../../store/store.ts'
import type { StoredDependencies } from '../dependencies.ts'
import { snapshotFile } from '../stored-cut.ts'
import { checkEvents } from './check-events.ts'
import { countsOf } from './counts.ts'
import { grownStale, nextStale } from './stale-snapshots.ts'

/** What a check is made of, as it was when reading began. */
export interface CheckGround {
  readonly workspace: string
  readonly environment: string
  /** How much was wanted then. */
  readonly wanted: number
  readonly revision: Revision
  readonly snapshots: readonly StoredSnapshot[]
  readonly now: Date
}

/** What a check of one environment came to: a report about it, or a fault of ours that ended it. */
export interface CheckOutcome {
  readonly ground: CheckGround
  readonly report: Report | undefined
  readonly fault: CheckRecord['fault']
  /** The `observations` of the workspace. */
  readonly entries: readonly ObservationEntry[]
  /** The last moment, in milliseconds since 1970, at which the exemptions excuse what they excuse now. */
  readonly excusedUntil: number
  /** Who asked for it. */
  readonly by: string | undefined
}

type Draft = Parameters<Checks['append']>[0]

// A fault may have come of a busy machine: it is tried once more.
const secondTrySeconds = 30

/**
 * Keeps a check with its findings and events, and says what is to be done next, in one transaction. What says the same as the newest check is not
 * kept, nor what was overtaken. Answers the newest check; none where the workspace is gone.
 */
export async function keepCheck(
  { store, queue }: Pick<StoredDependencies, 'store' | 'queue'>,
  outcome: CheckOutcome,
): Promise<CheckRecord | undefined> {
  const { ground, entries } = outcome
  const { workspace, environment, now } = ground
  return store.transaction(async (tables) => {
    if ((await tables.workspaces.lock(workspace)) === undefined) return undefined
    const { wanted = 0, done = 0 } = (await tables.checks.progress(workspace, environment)) ?? {}
    const before = await tables.checks.at(workspace, environment)
    const isOvertaken =
      done > ground.wanted || (done === ground.wanted && before !== undefined && Date.parse(before.at) > now.getTime())
    if (isOvertaken) return before
    const draft = draftOf(outcome, before)
    const after = before === undefined ? undefined : new Date(before.at)
    const stale = grownStale(ground.snapshots, entries, environment, { after, until: now })
    let kept = before
    if (before === undefined || stale.length > 0 || !saysTheSame(before, draft)) {
      const appended = await tables.checks.append(draft, outcome.report?.findings)
      await tables.events.append(workspace, checkEvents(appended, stale))
      kept = appended.record
    }
    await tables.checks.done(workspace, environment, ground.wanted)
    const again = afterSeconds(outcome, before, wanted)
    if (again !== undefined)
      await queue.send('check', { workspace, environment }, { within: tables, afterSeconds: again })
    return kept
  })
}

/** When to look again: at once where more is wanted meanwhile, else when something that was seen grows too old, or an exemption ends. */
function afterSeconds(outcome: CheckOutcome, before: CheckRecord | undefined, wanted: number): number | undefined {
  const { ground, fault } = outcome
  if (wanted > ground.wanted) return 0
  if (fault !== undefined && before?.fault === undefined) return secondTrySeconds
  const next = holdsUntil(outcome)
  return next === undefined ? undefined : secondsUntil(next, ground.now)
}

/** The last moment, in milliseconds since 1970, up to which nothing grows too old and no exemption ends; undefined: that never happens. */
function holdsUntil({ ground, entries, excusedUntil }: CheckOutcome): number | undefined {
  const { snapshots, environment, now } = ground
  const next = Math.min(nextStale(snapshots, entries, environment, now) ?? Infinity, excusedUntil)
  return next === Infinity ? undefined : next
}

/** Whole seconds after which a moment is past. */
export function secondsUntil(moment: number, now: Date): number {
  return Math.max(0, Math.floor((moment - now.getTime()) / 1000)) + 1
}

function draftOf(outcome: CheckOutcome, before: CheckRecord | undefined): Draft {
  const { ground, report, fault, by } = outcome
  const { workspace, environment, revision, snapshots, now } = ground
  const reported = report?.environments.find(({ name }) => name === environment)
  const verdict = reported?.verdict ?? 'undecided'
  const at = before !== undefined && Date.parse(before.at) > now.getTime() ? before.at : now.toISOString()
  const next = holdsUntil(outcome)
  const findings = report?.findings
  return {
    workspace,
    environment,
    at,
    cause: causeOf(ground, before, by),
    revision: revision.revision,
    verdict,
    since: before?.verdict === verdict ? before.since : at,
    ...(next === undefined ? {} : { holdsUntil: new Date(next).toISOString() }),
    digest: findings === undefined && before !== undefined ? before.digest : digestOf(findings ?? []),
    counts: findings === undefined && before !== undefined ? before.counts : countsOf(findings ?? []),
    desired: { digest: reported?.desired.digest ?? before?.desired.digest ?? '' },
    snapshots:
      reported?.snapshots ??
      snapshots.map((snapshot) => ({
        observer: snapshot.observer,
        sequence: snapshot.sequence,
        observedAt: snapshot.observedAt,
        source: snapshotFile(snapshot),
        digest: snapshot.digest,
      })),
    notes: report?.notes ?? [],
    ...(report === undefined ? {} : { tool: report.tool }),
    ...(fault === undefined ? {} : { fault }),
  }
}

/** What a check says that another one does not; when it was made, and why, is not part of that. */
function saysTheSame(before: CheckRecord, draft: Draft): boolean {
  const said = ({ revision, verdict, digest, snapshots, fault }: Omit<Draft, 'workspace'>): string =>
    exactJson({ revision, verdict, digest, snapshots, fault }, { sorted: true })
  return said(before) === said(draft)
}

function causeOf(
  { revision, snapshots }: CheckGround,
  before: CheckRecord | undefined,
  by: string | undefined,
): CheckCause {
  if (before?.revision !== revision.revision) return { kind: 'revision', revision: revision.revision }
  const after = Date.parse(before.at)
  const newest = snapshots
    .filter(({ receivedAt }) => Date.parse(receivedAt) >= after)
    .filter(
      ({ observer, sequence }) =>
        !before.snapshots.some((known) => known.observer === observer && known.sequence === sequence),
    )
    .toSorted((a, b) => Date.parse(a.receivedAt) - Date.parse(b.receivedAt))
    .at(-1)
  if (newest !== undefined) return { kind: 'snapshot', observer: newest.observer, sequence: newest.sequence }
  return by === undefined ? { kind: 'silence' } : { kind: 'request', by }
}

function digestOf(findings: readonly Finding[]): string {
  const hash = createHash('sha256')
  for (const finding of findings) hash.update(exactJson(finding, { sorted: true })).update('\n')
  return hash.digest('hex')
}
