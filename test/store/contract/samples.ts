import { createHash } from 'node:crypto'
import type { CheckRecord } from '../../../src/model/check-record.ts'
import type { Finding } from '../../../src/model/finding.ts'
import type { StoredSnapshot } from '../../../src/model/stored-snapshot.ts'
import type { Checks, Store } from '../../../src/store/store.ts'

const midnight = Date.parse('2026-03-01T00:00:00Z')

/** RFC 3339, so many minutes after a midnight. */
export function minute(minutes: number): string {
  return new Date(midnight + minutes * 60_000).toISOString()
}

/** Keeps a snapshot and its text. */
export async function snapshot(
  store: Pick<Store, 'files' | 'snapshots'>,
  workspace: string,
  said: Partial<StoredSnapshot> & Pick<StoredSnapshot, 'sequence'>,
): Promise<'recorded' | 'same' | 'different'> {
  const text = Buffer.from(JSON.stringify(said))
  const whole = {
    observer: 'node',
    observedAt: minute(said.sequence),
    receivedAt: minute(said.sequence),
    seen: {},
    refused: [],
    size: text.byteLength,
    by: 'anonymous',
    ...said,
  }
  return store.snapshots.record(workspace, { ...whole, digest: await store.files.put(workspace, text) })
}

/** A finding that stands where its path says. */
export function finding(path: readonly string[], said: Partial<Finding> = {}): Finding {
  const environment = said.environment ?? 'prod'
  const identity = [environment, said.kind ?? 'mismatch', path, said.rule?.id ?? 'R-1']
  return {
    fingerprint: createHash('sha256').update(JSON.stringify(identity)).digest('hex').slice(0, 32),
    environment,
    kind: 'mismatch',
    outcome: 'violates',
    severity: 'error',
    rule: { id: 'R-1' },
    path,
    at: path.join('.'),
    message: 'conflicting values 1 and 2',
    conjuncts: [],
    observations: [],
    teams: [],
    ...said,
  }
}

/** A check of an environment at a minute. */
export function check(workspace: string, at: string, said: Partial<CheckRecord> = {}): Parameters<Checks['append']>[0] {
  return {
    workspace,
    environment: 'prod',
    at,
    since: at,
    digest: '',
    cause: { kind: 'revision', revision: 1 },
    revision: 1,
    verdict: 'violates',
    counts: {
      byOutcome: { conflicts: 0, violates: 0, undecided: 0, none: 0 },
      bySeverity: { error: 0, warning: 0, info: 0 },
      exempted: 0,
    },
    desired: { digest: '' },
    snapshots: [],
    notes: [],
    tool: { name: 'congruent', version: '0', engine: { name: 'cue-go', cue: 'v0', lacks: [] } },
    ...said,
  }
}
