import type { Change, FindingPair, Review } from '../../model/review.ts'
import { placeOfConjunct } from '../finding-lines.ts'
import { messageOf } from '../finding-words.ts'
import { codeFrame } from '../html/code-frame.ts'
import { htmlPath, htmlText } from '../html/escape.ts'
import { findingArticle } from '../html/finding-article.ts'
import { htmlPage } from '../html/page.ts'
import { shapes } from '../shapes.ts'
import { noteText } from '../summary-lines.ts'
import type { Folded } from './folded.ts'
import { optionsOfSide, type ReviewOptions } from './format.ts'
import { type TeamNews, teamNews } from './news.ts'
import { calledOut, countWords, exampleWords, sideWords, verdictWords } from './words.ts'

/** A page to read and to print: what comes of a change and for whom, who has to agree, then each team's part with the lines of code. */
export function html(review: Review, options: ReviewOptions): string {
  const { workspace, verdict, base, head, reviewedAt, tool, faults = [] } = review
  const shown = verdict === 'unchanged' || verdict === 'changed' ? 'conforms' : verdict
  const teams = teamNews(review)
  const called = calledOut(review)
  const main = [
    `<h1><span class="${shown}"><span aria-hidden="true">${shapes[shown]}</span> ${htmlText(workspace)} ${verdict}</span></h1>`,
    `<p>${htmlText(verdictWords(review))}.</p>`,
    `<p class="quiet">from <code>${htmlText(sideWords(base))}</code> to <code>${htmlText(sideWords(head))}</code>, reviewed at <time datetime="${reviewedAt}">${reviewedAt}</time> by congruent ${htmlText(tool.version)} with ${tool.engine.name} ${htmlText(tool.engine.cue)}</p>`,
    ...faults.map(
      ({ environment, message }) =>
        `<p class="undecided"><strong>${htmlText(environment)} not compared: ${htmlText(message)}</strong></p>`,
    ),
    ...teamTable(review),
    ...list(
      'Called out',
      called.map((words) =>
        words.map((word, index) => (index % 2 === 0 ? htmlText(word) : `<code>${htmlText(word)}</code>`)).join(''),
      ),
    ),
    ...list(
      'Approval from',
      review.approvals.map(
        ({ team, contact, paths }) =>
          `<b>${htmlText(team)}</b>${contact === undefined ? '' : ` (${htmlText(contact)})`}: ${paths.map((path) => `<code>${htmlPath(path === '' ? '(the whole state)' : path)}</code>`).join(', ')}`,
      ),
    ),
    ...teams.map((team, index) => teamSection(team, index, options)),
    ...(options.quiet
      ? []
      : list(
          'Notes',
          [
            ...review.notes.map(noteText),
            ...tool.engine.lacks.map((lack) => `${tool.engine.name} cannot tell: ${lack}`),
          ].map(htmlText),
        )),
  ]
  return htmlPage(`${workspace}: review ${verdict}`, main.join('\n'))
}

function list(title: string, items: readonly string[]): readonly string[] {
  if (items.length === 0) return []
  return [`<h2>${title}</h2>`, `<ul>${items.map((item) => `<li>${item}</li>`).join('\n')}</ul>`]
}

function teamTable({ summary }: Review): readonly string[] {
  if (summary.teams.length === 0) return []
  const rows = summary.teams.map(
    ({ team, ...counts }) =>
      `<tr><th scope="row">${team === undefined ? 'no team' : htmlText(team)}</th><td>${countWords(counts)}</td></tr>`,
  )
  return [
    '<table><thead><tr><th scope="col">team</th><th scope="col">findings</th></tr></thead>',
    `<tbody>${rows.join('\n')}</tbody></table>`,
  ]
}

function teamSection({ team, changes, news, changed }: TeamNews, index: number, options: ReviewOptions): string {
  const id = `team-${index + 1}`
  const part = (title: string, articles: readonly string[], isFolded: boolean): readonly string[] => {
    if (articles.length === 0) return []
    const words = `${articles.length} ${title}`
    return isFolded
      ? [`<details><summary>${words}</summary>`, ...articles, '</details>']
      : [`<p><strong>${words}</strong></p>`, ...articles]
  }
  return [
    `<section aria-labelledby="${id}">`,
    `<h2 id="${id}">${team === undefined ? 'no team' : htmlText(team)}</h2>`,
    ...part(
      'desired otherwise',
      changes.map((change) => changeArticle(change, options)),
      false,
    ),
    ...news.flatMap(({ title, findings, side, good }) =>
      part(
        title,
        findings.map((same) => findingArticle(same, optionsOfSide(options, side))),
        good,
      ),
    ),
    ...part('changed', changed.map(pairArticle), true),
    '</section>',
  ].join('\n')
}

const mostPlaces = 8

function changeArticle({ one, environments }: Folded<Change>, options: ReviewOptions): string {
  const { change, at, path, before, after, conjuncts, side } = one
  const example = exampleWords(one)
  const lines = side === 'base' ? options.linesBefore : options.lines
  const frames = conjuncts
    .slice(0, mostPlaces)
    .map((conjunct) => codeFrame(placeOfConjunct(conjunct), 'wanted', { ...options, lines }))
  const left = conjuncts.length - frames.length
  const value = (name: string, text: string | undefined): string =>
    text === undefined ? '' : `<div><p class="quiet">${name}</p><pre><code>${htmlText(text)}</code></pre></div>`
  return [
    '<article class="none">',
    `<h3>${change} <code class="path">${path.length === 0 ? '(the whole state)' : htmlPath(at)}</code></h3>`,
    `<div class="sides">${value('before', before)}${value('after', after)}</div>`,
    ...(example === '' ? [] : [`<p class="message"><code>${htmlText(example)}</code></p>`]),
    `<p class="quiet">${environments.map(htmlText).join(', ')}</p>`,
    ...(frames.length === 0
      ? []
      : [`<div class="sides">${frames.join('')}${left > 0 ? `<p class="quiet">… and ${left} more</p>` : ''}</div>`]),
    '</article>',
  ].join('\n')
}

function pairArticle({ one: { before, after }, environments }: Folded<FindingPair>): string {
  const facts = [
    `rule <code>${htmlText(after.rule.id)}</code>`,
    environments.map(htmlText).join(', '),
    before.severity === after.severity ? after.severity : `${before.severity} → ${after.severity}`,
  ]
  const was =
    messageOf(before) === messageOf(after)
      ? []
      : [`<p class="quiet">was <code>${htmlText(messageOf(before))}</code></p>`]
  return [
    '<article class="none">',
    `<h3>${after.kind} <code class="path">${htmlPath(after.at)}</code></h3>`,
    `<p class="message"><code>${htmlText(messageOf(after))}</code></p>`,
    ...was,
    `<p class="quiet">${facts.join(' · ')}</p>`,
    '</article>',
  ].join('\n')
}
