import type { EngineFinding } from '../engine/protocol.ts'
import type { Finding } from '../model/finding.ts'
import { formatPath } from '../model/path.ts'
import type { Workspace } from '../model/workspace.ts'
import type { Cut } from '../observation/cut.ts'
import type { FragmentSet } from '../workspace/fragments.ts'
import { draftOfCut, draftOfEngine, draftOfFragment, type Draft } from './draft.ts'
import { fingerprints } from './fingerprint.ts'
import { joined } from './join.ts'
import { ownersOf } from './owner.ts'
import { severityOf, type Entry } from './severity.ts'
import { wantedOf } from './wanted.ts'
import { compareFindings } from './sort.ts'

/** What findings of one environment are made from. */
export interface FindingsInput {
  readonly environment: string
  readonly workspace: Pick<Workspace, 'teams' | 'rules'>
  /** Where the check was asked for. */
  readonly entry: Entry
  /** What an engine found. */
  readonly found: readonly EngineFinding[]
  readonly fragments: FragmentSet
  /** Absent where nothing is observed: unify. */
  readonly cut?: Pick<Cut, 'observe' | 'problems' | 'observed'>
}

/** The findings of one environment as reports show them: joined, with severity, owner, places and identity, sorted by path, kind and rule. */
export function findingsOf(input: FindingsInput): readonly Finding[] {
  const { environment, workspace, entry, found, fragments, cut } = input
  const observe = cut ?? { observe: () => [] }
  const drafts = joined([
    ...fragments.unreadable.map(draftOfFragment),
    ...found.map((finding) => draftOfEngine(finding, fragments, observe)),
    ...(cut?.problems ?? []).map((problem) => draftOfCut(problem, formatPath(problem.path))),
  ])
  const ownerOf = ownersOf(workspace.teams)
  const fingerprintOf = fingerprints(cut?.observed.state)
  const rules = workspace.rules ?? []
  return drafts
    .flatMap((draft) => {
      const severity = severityOf(draft, { rules, environment, entry })
      if (severity === 'off') return []
      const { kind, path, rule, file } = draft
      const identity = { environment, kind, path, rule: rule.id, ...(file === undefined ? {} : { file }) }
      const owner = ownerOf(path)
      return [
        finished(draft, {
          environment,
          severity,
          fingerprint: fingerprintOf(identity),
          ...(owner === undefined ? {} : { owner }),
        }),
      ]
    })
    .toSorted(compareFindings)
}

function finished(draft: Draft, made: Pick<Finding, 'environment' | 'severity' | 'fingerprint' | 'owner'>): Finding {
  const { id, title, docs } = draft.rule
  const wanted = wantedOf(draft.kind, draft.conjuncts)
  return {
    fingerprint: made.fingerprint,
    environment: made.environment,
    kind: draft.kind,
    outcome: draft.outcome,
    severity: made.severity,
    rule: { id, ...(title === undefined ? {} : { title }), ...(docs === undefined ? {} : { docs }) },
    path: draft.path,
    at: draft.at,
    message: draft.message,
    ...(wanted === undefined ? {} : { wanted }),
    conjuncts: draft.conjuncts,
    observations: draft.observations,
    ...(draft.alternatives.length === 0 ? {} : { alternatives: draft.alternatives }),
    ...(made.owner === undefined ? {} : { owner: made.owner }),
    teams: draft.teams,
  }
}
