import { filePlaces } from '../file-places.ts'
import { messageOf, outcomeWord, subjectOf } from '../finding-words.ts'
import type { FormatOptions } from '../format.ts'
import type { SameFindings } from '../same-findings.ts'
import { shapes, shapeWord } from '../shapes.ts'
import { excuseOf, standingOf } from '../standing.ts'
import { markdownCode, markdownProse } from './escape.ts'

const mostPlaces = 4

/** A finding as an item of a list: what and where, then its message, then who demands and who observed it. */
export function findingItem(
  { finding, environments }: SameFindings,
  { failOn, nameOf, pageOf }: FormatOptions,
): string {
  const standing = standingOf(finding, failOn)
  const all = filePlaces(finding, nameOf)
  const places = all.slice(0, mostPlaces).map(({ role, who, file, line }) => {
    const by = who === 'observed' ? '' : ` by ${markdownCode(who)}`
    return `${role}${by} in ${markdownCode(line === undefined ? file : `${file}:${line}`)}`
  })
  const left = all.length - mostPlaces
  const excuse = excuseOf(finding)
  const lines = [
    [
      `${shapes[shapeWord(finding.outcome, standing)]} **${outcomeWord(finding)}** ${markdownCode(subjectOf(finding))}`,
      `rule ${markdownCode(finding.rule.id)}${finding.rule.title === undefined ? '' : ` ${markdownProse(finding.rule.title)}`}`,
      environments.map(markdownCode).join(', '),
      ...(finding.severity === 'error' ? [] : [finding.severity]),
      ...(excuse === undefined ? [] : [markdownCode(excuse)]),
      // Between these brackets nothing of an address ends it.
      ...(pageOf === undefined ? [] : [`[page](<${pageOf(finding)}>)`]),
    ].join(' · '),
    markdownCode(messageOf(finding)),
    ...(places.length === 0 ? [] : [`${places.join('; ')}${left > 0 ? `; and ${left} more` : ''}`]),
  ]
  return `- ${lines.join('<br>\n  ')}`
}
