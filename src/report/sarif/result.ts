import type { Finding } from '../../model/finding.ts'
import { filePlaces, shownAt, type FilePlace } from '../file-places.ts'
import { findingHeadline } from '../finding-words.ts'
import type { FileNames } from '../format.ts'
import { printable } from '../printable.ts'
import { excuseOf } from '../standing.ts'
import { sarifLevel } from './level.ts'
import { physicalLocation } from './location.ts'
import { sarifText } from './message.ts'

/** A finding as a result: shown where it was observed, with the constraints and their teams as related locations. */
export function sarifResult(
  finding: Finding,
  {
    ruleIndex,
    nameOf,
    page,
    hasBaseline,
  }: {
    readonly ruleIndex: number
    readonly nameOf: FileNames
    readonly page?: string
    readonly hasBaseline: boolean
  },
): object {
  const { rule, fingerprint, environment, kind, outcome, at, path, owner, teams, wanted } = finding
  const places = filePlaces(finding, nameOf)
  const shown = shownAt(places, nameOf)
  const excuse = finding.exempted === undefined ? undefined : excuseOf(finding)
  return {
    ruleId: rule.id,
    ruleIndex,
    // SARIF has the kind `open` for what is undecided, but with it the level must be `none`, which readers take for nothing.
    kind: 'fail',
    level: sarifLevel(finding),
    message: sarifText(`${findingHeadline(finding)} (${printable(environment)})`),
    locations: [{ physicalLocation: physicalLocation(shown), logicalLocations: [{ fullyQualifiedName: at }] }],
    relatedLocations: places
      .filter((place) => place !== shown)
      .map((place, index) => ({
        id: index + 1,
        message: sarifText(placeWords(place)),
        physicalLocation: physicalLocation(place),
      })),
    ...(page === undefined ? {} : { hostedViewerUri: page }),
    ...(hasBaseline ? { baselineState: finding.known === true ? 'unchanged' : 'new' } : {}),
    partialFingerprints: { 'congruent/v1': fingerprint },
    suppressions:
      excuse === undefined ? [] : [{ kind: 'external', status: 'accepted', justification: printable(excuse) }],
    properties: {
      environment,
      kind,
      outcome,
      path,
      teams,
      ...(owner === undefined ? {} : { owner }),
      ...(wanted === undefined ? {} : { wanted }),
    },
  }
}

function placeWords({ role, who, text }: FilePlace): string {
  const words = role === 'wanted' ? `wanted by ${who}` : who === 'observed' ? who : `observed by ${who}`
  return printable(text === undefined ? words : `${words}: ${text}`)
}
