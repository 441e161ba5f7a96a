import type { Cut } from '../observation/cut.ts'
import type { FragmentSet } from '../workspace/fragments.ts'

/** What is in work, for the words of a fault: the environment, its fragments and its snapshots. */
export function subjectOf(environment: string, { fragments }: FragmentSet, cut?: Pick<Cut, 'snapshots'>): string {
  const parts = listed(fragments.parts.map((part) => (part.kind === 'package' ? part.dir : part.file)))
  // A snapshot of many files names them all.
  const sources = listed((cut?.snapshots ?? []).flatMap(({ source }) => source.split(', ')))
  return `environment \`${environment}\` (${parts}${sources === '' ? '' : ` against ${sources}`})`
}

const mostListed = 6

function listed(names: readonly string[]): string {
  const left = names.length - mostListed
  const shown = names.slice(0, mostListed).map((name) => `\`${name}\``)
  return [...shown, ...(left > 0 ? [`${left} more`] : [])].join(', ')
}
