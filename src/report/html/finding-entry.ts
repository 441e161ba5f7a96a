import type { Finding } from '../../model/finding.ts'
import { placeOfConjunct, placeOfObservation } from '../finding-lines.ts'
import { messageOf, outcomeWord, subjectOf } from '../finding-words.ts'
import type { FormatOptions } from '../format.ts'
import type { Place } from '../place-lines.ts'
import type { SameFindings } from '../same-findings.ts'
import { excuseOf } from '../standing.ts'
import type { Entry, PageMark, Side, SideFrame, Words } from './page-model.ts'
import { sideFrame } from './side-frame.ts'

const mostPlaces = 8

/** A finding as an entry of a page: what and where, its message and rule, and both sides with their lines of code. */
export function findingEntry({ finding, environments }: SameFindings, options: FormatOptions): Entry {
  const { conjuncts, observations, alternatives = [], fingerprint, outcome } = finding
  const excuse = excuseOf(finding)
  const others = alternatives.slice(0, mostPlaces).map(({ message }) => message)
  const left = alternatives.length - others.length
  return {
    id: `f-${fingerprint}`,
    mark: markOf(finding),
    ...(outcome === 'undecided' ? { why: finding.kind } : {}),
    word: outcomeWord(finding),
    at: subjectOf(finding),
    message: messageOf(finding),
    more: left > 0 ? [...others, `… and ${left} more`] : others,
    ...(excuse === undefined ? {} : { excuse }),
    facts: factsOf(finding, environments, options),
    sides: [
      side('wanted', conjuncts.map(placeOfConjunct), outcome === 'conflicts' ? 'clash' : 'want', options),
      side('observed', observations.map(placeOfObservation), outcome === 'undecided' ? 'maybe' : 'seen', options),
    ],
  }
}

/** Places of one side, the first of them with their lines. */
export function side(title: string, places: readonly Place[], tone: SideFrame['tone'], options: FormatOptions): Side {
  const frames = places.slice(0, mostPlaces).map((place) => sideFrame(place, tone, options))
  return { title, frames, left: places.length - frames.length }
}

function markOf(finding: Finding): PageMark {
  return excuseOf(finding) === undefined ? finding.outcome : 'exempted'
}

function factsOf(finding: Finding, environments: readonly string[], { pageOf }: FormatOptions): Words {
  const { rule, kind, severity, owner } = finding
  const isAddress = rule.docs !== undefined && /^https?:\/\//i.test(rule.docs)
  return [
    'rule ',
    isAddress ? { text: rule.id, address: rule.docs ?? '' } : { code: rule.id },
    ...(rule.title === undefined ? [] : [` ${rule.title}`]),
    ...(rule.docs === undefined || isAddress ? [] : [` ${rule.docs}`]),
    ` · ${environments.join(', ')} · ${kind}, ${severity}`,
    ...(owner === undefined ? [] : [` · owner ${owner}`]),
    ...(pageOf === undefined ? [] : [' · ', { text: 'page', address: pageOf(finding) }]),
  ]
}
