import type { EventDraft } from '../../../model/event.ts'
import type { Finding } from '../../../model/finding.ts'
import type { StoredSnapshot } from '../../../model/stored-snapshot.ts'
import type { AppendedCheck } from '../../../store/store.ts'

/** Of one check: who follows a workspace is told of so many findings by name; the event of the check has the numbers of all. */
const mostFindings = 1000

/** What happened by a check: the check itself, snapshots that grew too old, another verdict, findings that came and went. */
export function checkEvents(
  { record, before, opened, reopened, resolved }: AppendedCheck,
  stale: readonly StoredSnapshot[],
): readonly EventDraft[] {
  const { at, environment, check, verdict, cause, change } = record
  const findings = [
    ...opened.map((finding) => ({ finding, change: 'opened' as const })),
    ...reopened.map((finding) => ({ finding, change: 'reopened' as const })),
    ...resolved.map((finding) => ({ finding, change: 'resolved' as const })),
  ]
  return [
    ...stale.map(({ observer, sequence }) => ({ kind: 'stale' as const, at, environment, observer, sequence })),
    {
      kind: 'check',
      at,
      ...(cause.kind === 'request' ? { by: cause.by } : {}),
      environment,
      check,
      verdict,
      cause,
      change,
    },
    ...(before?.verdict === verdict
      ? []
      : [
          {
            kind: 'verdict' as const,
            at,
            environment,
            check,
            ...(before === undefined ? {} : { before: before.verdict }),
            after: verdict,
          },
        ]),
    ...findings.slice(0, mostFindings).map(({ finding, change: became }) => ({
      kind: 'finding' as const,
      at,
      environment,
      check,
      change: became,
      ...about(finding),
    })),
  ]
}

function about({ fingerprint, at, rule, owner }: Finding): {
  fingerprint: string
  path: string
  rule: string
  owner?: string
} {
  return { fingerprint, path: at, rule: rule.id, ...(owner === undefined ? {} : { owner }) }
}
