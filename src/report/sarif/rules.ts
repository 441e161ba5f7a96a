import type { Finding } from '../../model/finding.ts'
import { compareText } from '../../model/order.ts'
import { printable } from '../printable.ts'
import { sarifLevel } from './level.ts'
import { sarifText } from './message.ts'

/** A rule as code scanning lists it. */
export interface SarifRule {
  readonly id: string
  readonly shortDescription: { readonly text: string }
  readonly fullDescription: { readonly text: string }
  readonly help: { readonly text: string }
  readonly helpUri?: string
  readonly defaultConfiguration: { readonly level: string }
}

/** Every rule that something was found by, sorted by id. What it says comes from the first finding of it. */
export function sarifRules(findings: readonly Finding[]): readonly SarifRule[] {
  const first = new Map<string, Finding>()
  for (const finding of findings) if (!first.has(finding.rule.id)) first.set(finding.rule.id, finding)
  return Array.from(first.values(), ruleOf).toSorted((a, b) => compareText(a.id, b.id))
}

function ruleOf(finding: Finding): SarifRule {
  const { id, title, docs } = finding.rule
  return {
    id,
    shortDescription: sarifText(printable(title ?? id)),
    fullDescription: sarifText(printable(title === undefined ? id : `${id}: ${title}`)),
    help: sarifText(helpLines(finding).map(printable).join('\n')),
    ...(docs !== undefined && isWebAddress(docs) ? { helpUri: docs } : {}),
    defaultConfiguration: { level: sarifLevel(finding) },
  }
}

/** Who demands what, and whom to ask. */
function helpLines({ rule, conjuncts, wanted, owner }: Finding): readonly string[] {
  const own = conjuncts.filter((conjunct) => conjunct.rule === rule.id)
  const demands = (own.length > 0 ? own : conjuncts).slice(0, 3)
  const lines = [
    ...(rule.title === undefined ? [] : [rule.title]),
    ...demands.map(
      ({ team, file, line, text }) => `${team} demands ${text ?? wanted ?? 'this'} in ${file}, line ${line}`,
    ),
    ...(owner === undefined ? [] : [`${owner} owns the path`]),
    ...(rule.docs === undefined ? [] : [`see ${rule.docs}`]),
  ]
  return lines.length === 0 ? [rule.id] : lines
}

/** Strictly: what a browser mends, a reader of URIs refuses. */
function isWebAddress(text: string): boolean {
  return webAddress.test(text) && URL.canParse(text)
}

const webAddress =
  /^https?:\/\/(?:[\w.~:/?@!$&'()*+,;=-]|%[\dA-Fa-f]{2})+(?:#(?:[\w.~:/?@!$&'()*+,;=-]|%[\dA-Fa-f]{2})*)?$/
