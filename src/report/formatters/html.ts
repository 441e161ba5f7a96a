import type { Report } from '../../model/report.ts'
import { environmentProblems } from '../environment-problems.ts'
import type { FormatOptions } from '../format.ts'
import { htmlText } from '../html/escape.ts'
import { findingArticle } from '../html/finding-article.ts'
import { htmlPage } from '../html/page.ts'
import { shapes } from '../shapes.ts'
import { noteText } from '../summary-lines.ts'
import { countWords, teamGroups, type TeamGroup } from '../team-groups.ts'

/** A page to read and to print: what it comes to, then each team's findings with the lines of both sides. */
export function html(report: Report, options: FormatOptions): string {
  const { workspace, verdict, checkedAt, tool, findings } = report
  const groups = teamGroups(findings, options.failOn)
  const words = countWords(findings, options.failOn)
  const main = [
    `<h1><span class="${verdict}"><span aria-hidden="true">${shapes[verdict]}</span> ${htmlText(workspace)} ${verdict}</span></h1>`,
    `<p>${words === '' ? 'Nothing was found.' : `${words}.`}</p>`,
    `<p class="quiet">checked at <time datetime="${checkedAt}">${checkedAt}</time> by congruent ${htmlText(tool.version)} with ${tool.engine.name} ${htmlText(tool.engine.cue)}</p>`,
    ...environmentProblems(report, options.failOn).map(
      ({ message }) => `<p class="undecided"><strong>${htmlText(message)}</strong></p>`,
    ),
    environmentTable(report, options),
    ...teamList(groups, options),
    ...groups.map((group, index) => teamSection(group, index, options)),
    ...notesSection(report, options),
  ]
  return htmlPage(`${workspace} ${verdict}`, main.join('\n'))
}

function environmentTable({ environments, faults = [], findings }: Report, { failOn }: FormatOptions): string {
  const rows = environments.map(({ name, verdict, snapshots }) => {
    const found = findings.filter(({ environment }) => environment === name)
    return `<tr><th scope="row">${htmlText(name)}</th><td class="${verdict}"><span aria-hidden="true">${shapes[verdict]}</span> ${verdict}</td><td>${countWords(found, failOn) || 'nothing found'}</td><td>${snapshots.length}</td></tr>`
  })
  const failed = faults.map(
    ({ environment, code }) =>
      `<tr><th scope="row">${htmlText(environment)}</th><td class="undecided"><span aria-hidden="true">${shapes.undecided}</span> not checked</td><td>${htmlText(code)}</td><td>0</td></tr>`,
  )
  return [
    '<h2>Environments</h2>',
    '<table><thead><tr><th scope="col">environment</th><th scope="col">verdict</th><th scope="col">findings</th><th scope="col">snapshots</th></tr></thead>',
    `<tbody>${[...rows, ...failed].join('\n')}</tbody></table>`,
  ].join('\n')
}

function teamList(groups: readonly TeamGroup[], { failOn }: FormatOptions): readonly string[] {
  if (groups.length < 2) return []
  const items = groups.map(
    (group, index) => `<li><a href="#team-${index + 1}">${teamName(group)}</a>: ${groupWords(group, failOn)}</li>`,
  )
  return ['<h2>Teams</h2>', `<ul class="teams">${items.join('\n')}</ul>`]
}

function teamName({ team }: TeamGroup): string {
  return team === undefined ? 'no team' : htmlText(team)
}

function groupWords({ open, rest }: TeamGroup, failOn: FormatOptions['failOn']): string {
  return countWords(
    [...open, ...rest].map(({ finding }) => finding),
    failOn,
  )
}

function teamSection(group: TeamGroup, index: number, options: FormatOptions): string {
  const id = `team-${index + 1}`
  const articles = (of: TeamGroup['open']): string => of.map((same) => findingArticle(same, options)).join('\n')
  const rest = countWords(
    group.rest.map(({ finding }) => finding),
    options.failOn,
  )
  return [
    `<section aria-labelledby="${id}">`,
    `<h2 id="${id}">${teamName(group)}</h2>`,
    articles(group.open),
    ...(group.rest.length === 0 ? [] : [`<details><summary>${rest}</summary>\n${articles(group.rest)}\n</details>`]),
    '</section>',
  ].join('\n')
}

function notesSection({ notes, tool }: Report, { quiet }: FormatOptions): readonly string[] {
  const texts = [...notes.map(noteText), ...tool.engine.lacks.map((lack) => `${tool.engine.name} cannot tell: ${lack}`)]
  if (quiet || texts.length === 0) return []
  return ['<h2>Notes</h2>', `<ul>${texts.map((text) => `<li>${htmlText(text)}</li>`).join('\n')}</ul>`]
}
