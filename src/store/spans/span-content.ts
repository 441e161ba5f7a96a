import type { Finding, Severity } from '../../model/finding.ts'
import { sha256 } from '../../model/sha256.ts'
import { searchable, toColumn } from '../columns.ts'
import type { SpanRow } from '../rows.ts'
import type { RelativeFinding } from './cut-relative.ts'
import { placeOf } from './place.ts'

/** From bad to good. */
const severities = ['error', 'warning', 'info'] as const satisfies readonly Severity[]

type Content = Pick<
  SpanRow,
  | 'fingerprint'
  | 'digest'
  | 'content'
  | 'place'
  | 'kind'
  | 'outcome'
  | 'severity'
  | 'gravity'
  | 'rule'
  | 'owner'
  | 'teams'
  | 'exempted'
  | 'words'
>

/** The columns that say what was found: the whole content, and what it is asked by. */
export function spanContent(finding: Finding, relative: RelativeFinding): Content {
  const content = toColumn(relative)
  return {
    fingerprint: finding.fingerprint,
    digest: sha256(content),
    content,
    place: placeOf(finding),
    kind: finding.kind,
    outcome: finding.outcome,
    severity: finding.severity,
    gravity: severities.indexOf(finding.severity),
    rule: searchable(finding.rule.id),
    owner: finding.owner === undefined ? null : searchable(finding.owner),
    teams: finding.teams.map(searchable),
    exempted: finding.exempted !== undefined,
    words: inWords(`${finding.at}\n${finding.message}\n${finding.rule.id}`),
  }
}

/** A text as it is searched, whatever its case. */
export function inWords(text: string): string {
  return searchable(text).toLowerCase()
}
