import type { FindingGroup, PageRequest, SnapshotFilter } from '../../store/store.ts'
import { makeCheck, type CheckOrder } from './checks/make-check.ts'
import { findCheck, requestChecks, type ChecksRequest } from './checks/request-checks.ts'
import type { StoredDependencies } from './dependencies.ts'
import { followEvents, type FollowInput } from './events/follow-events.ts'
import { listEvents, type EventsInput } from './events/list-events.ts'
import { findFinding } from './findings/find-finding.ts'
import { countFindings, listFindings, type FindingsInput, type FindingsRows } from './findings/list-findings.ts'
import { coverageAt, type CoverageInput } from './observed/coverage.ts'
import { observedAt, type ObservedInput } from './observed/observed-state.ts'
import { listObservers, type ObserversInput } from './observed/observers.ts'
import { recordSnapshots, type SnapshotsInput } from './snapshots/record-snapshots.ts'
import { listSnapshots, snapshotDocument } from './snapshots/stored-snapshots.ts'
import { timeline, type TimelineInput } from './verdicts/timeline.ts'
import { verdictAt, type VerdictInput } from './verdicts/verdict.ts'

/** The operations on what observers saw of stored workspaces, and on what was found. */
export function observedSide(dependencies: StoredDependencies) {
  return {
    recordSnapshots: (input: SnapshotsInput) => recordSnapshots(dependencies, input),
    listSnapshots: (workspace: string, filter: SnapshotFilter, page: PageRequest) =>
      listSnapshots(dependencies, workspace, filter, page),
    snapshotDocument: (workspace: string, digest: string) => snapshotDocument(dependencies, workspace, digest),

    observedAt: (input: ObservedInput) => observedAt(dependencies, input),
    listObservers: (input: ObserversInput) => listObservers(dependencies, input),
    coverageAt: (input: CoverageInput) => coverageAt(dependencies, input),

    makeCheck: (order: CheckOrder) => makeCheck(dependencies, order),
    requestChecks: (request: ChecksRequest) => requestChecks(dependencies, request),
    findCheck: (workspace: string, check: number) => findCheck(dependencies, workspace, check),

    listFindings: (input: FindingsInput, rows: FindingsRows) => listFindings(dependencies, input, rows),
    countFindings: (input: FindingsInput, by: FindingGroup) => countFindings(dependencies, input, by),
    findFinding: (input: FindingsInput, fingerprint: string) => findFinding(dependencies, input, fingerprint),
    verdictAt: (input: VerdictInput) => verdictAt(dependencies, input),
    timeline: (input: TimelineInput) => timeline(dependencies, input),

    listEvents: (input: EventsInput) => listEvents(dependencies, input),
    followEvents: (input: FollowInput) => followEvents(dependencies, input),
  }
}

export type ObservedSide = ReturnType<typeof observedSide>
