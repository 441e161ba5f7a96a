import type { Published } from '../../client/file-sets.ts'
import type { Proposed } from '../../client/proposals.ts'
import { proposalPage } from '../../model/page-address.ts'
import { printable } from '../../report/printable.ts'
import { countWords } from '../../report/review/words.ts'

const kinds = ['added', 'changed', 'removed'] as const

/** What becomes of the files of a set, by name. */
export type Difference = Readonly<Record<(typeof kinds)[number], readonly string[]>>

/** Compares texts by name. */
export function differenceOf(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): Difference {
  return {
    added: [...after.keys()].filter((name) => !before.has(name)),
    changed: [...after].flatMap(([name, text]) => (before.has(name) && before.get(name) !== text ? [name] : [])),
    removed: [...before.keys()].filter((name) => !after.has(name)),
  }
}

/** Whether nothing becomes of it. */
export function isEmpty(difference: Difference): boolean {
  return kinds.every((kind) => difference[kind].length === 0)
}

/** What would change of a set; undefined: what is there may not be read. */
export function dryText(name: string, difference: Difference | undefined): string {
  if (difference === undefined) return `${printable(name)}: the token may not read what is there\n`
  const lines = kinds.flatMap((kind) => difference[kind].map((file) => `  ${kind.padEnd(7)}  ${printable(file)}\n`))
  return `${printable(name)}: ${lines.length === 0 ? 'unchanged' : 'would change'}\n${lines.join('')}`
}

/** What was published; how many files changed, where that is known. */
export function publishedText(
  name: string,
  { outcome, revision }: Extract<Published, { readonly revision: number }>,
  difference: Difference | undefined,
): string {
  if (outcome === 'unchanged') return `${printable(name)}: unchanged in revision ${revision}\n`
  const counts = kinds.flatMap((kind) => {
    const count = difference?.[kind].length ?? 0
    return count === 0 ? [] : [`${count} ${kind}`]
  })
  return `${printable(name)}: revision ${revision}${counts.length === 0 ? '' : ` (${counts.join(', ')})`}\n`
}

/** Why a set was refused, and where people see what it is kept as. */
export function refusedText(
  { code, message, proposal }: Extract<Published, { readonly outcome: 'refused' }>,
  pages: string,
  workspace: string,
): string {
  const page = proposal === undefined ? '' : `page ${proposalPage(pages, workspace, proposal)}\n`
  return `congruent: ${printable(message)} (${code})\n${page}`
}

/** What became of a set that was proposed, who has to agree to it, and where people look at it. */
export function proposedText(
  name: string,
  { proposal, base, counts, asked }: Proposed,
  pages: string,
  workspace: string,
): string {
  const effect = countWords(counts) || 'no finding comes or goes'
  const agree = asked.length === 0 ? 'nobody else has to agree' : `to agree: ${asked.map(printable).join(', ')}`
  const page = proposalPage(pages, workspace, proposal)
  return `${printable(name)}: proposed for revision ${base}; ${effect}; ${agree}\npage ${page}\n`
}
