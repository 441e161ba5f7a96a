import type { Finding } from '../../model/finding.ts'
import { placeOfConjunct, placeOfObservation } from '../finding-lines.ts'
import { messageOf, outcomeWord, subjectOf } from '../finding-words.ts'
import type { FormatOptions } from '../format.ts'
import type { Place } from '../place-lines.ts'
import type { SameFindings } from '../same-findings.ts'
import { shapes, shapeWord } from '../shapes.ts'
import { excuseOf, standingOf } from '../standing.ts'
import { codeFrame } from './code-frame.ts'
import { htmlPath, htmlText } from './escape.ts'

const mostPlaces = 8

/** A finding as HTML: what and where, its message and rule, and both sides with their lines of code. */
export function findingArticle({ finding, environments }: SameFindings, options: FormatOptions): string {
  const word = shapeWord(finding.outcome, standingOf(finding, options.failOn))
  const { conjuncts, observations, alternatives = [], fingerprint } = finding
  const facts = [
    `rule ${ruleHtml(finding)}`,
    environments.map((name) => htmlText(name)).join(', '),
    `${finding.kind}, ${finding.severity}`,
    ...(options.pageOf === undefined
      ? []
      : [`<a href="${htmlText(options.pageOf(finding))}" rel="noreferrer">page</a>`]),
    ...(finding.owner === undefined ? [] : [`owner ${htmlText(finding.owner)}`]),
  ]
  const excuse = excuseOf(finding)
  const others = alternatives.slice(0, mostPlaces).map(({ message }) => `<li><code>${htmlText(message)}</code></li>`)
  const left = alternatives.length - others.length
  return [
    `<article class="${word}" id="f-${fingerprint}">`,
    `<h3><span class="${word}"><span aria-hidden="true">${shapes[word]}</span> ${outcomeWord(finding)}</span> <code class="path">${htmlPath(subjectOf(finding))}</code></h3>`,
    `<p class="message"><code>${htmlText(messageOf(finding))}</code></p>`,
    ...(others.length === 0 ? [] : [`<ul>${others.join('')}${left > 0 ? `<li>… and ${left} more</li>` : ''}</ul>`]),
    ...(excuse === undefined ? [] : [`<p><strong>${htmlText(excuse)}</strong></p>`]),
    `<p class="quiet">${facts.join(' · ')}</p>`,
    '<div class="sides">',
    side(conjuncts.map(placeOfConjunct), 'wanted', options),
    side(observations.map(placeOfObservation), 'observed', options),
    '</div></article>',
  ].join('\n')
}

function ruleHtml({ rule: { id, title, docs } }: Finding): string {
  const name = `<code>${htmlText(id)}</code>`
  const isAddress = docs !== undefined && /^https?:\/\//i.test(docs)
  const linked = isAddress ? `<a href="${htmlText(docs)}" rel="noreferrer">${name}</a>` : name
  const words = [title, isAddress ? undefined : docs].filter((text) => text !== undefined)
  return [linked, ...words.map(htmlText)].join(' ')
}

function side(places: readonly Place[], role: 'wanted' | 'observed', options: FormatOptions): string {
  const frames = places.slice(0, mostPlaces).map((place) => codeFrame(place, role, options))
  const left = places.length - frames.length
  const more = left > 0 ? `<p class="quiet">… and ${left} more</p>` : ''
  return frames.length === 0 ? '' : `<div><p class="quiet">${role}</p>${frames.join('')}${more}</div>`
}
