import { compareText } from '../../model/order.ts'
import type { EngineFinding, Fragments, Observed } from '../protocol.ts'
import { moduleFile } from './desired.ts'
import type { DesiredText } from './desired.ts'
import { lackFinding, remedy } from './findings.ts'

/** What the fragments of a request ask for beyond this engine: a finding each, in the order of their rules. */
export function lacksOfFragments(fragments: Fragments, desired: DesiredText): readonly EngineFinding[] {
  const parts = desired.unreadable.map(({ part, team, constructs }) => ({
    ...lack(part, `fragment \`${part}\` has ${constructs.map((text) => `\`${text}\``).join(', ')}`),
    teams: [team],
  }))
  const tags = Object.keys(fragments.tags).sort(compareText)
  const teams = fragments.limits.map(({ team }) => team).sort(compareText)
  const hasModule = fragments.files.some(({ name }) => name === moduleFile)
  return [
    ...parts,
    ...(hasModule ? [lack('module', `\`${moduleFile}\` says which CUE the fragments are written for`)] : []),
    ...(tags.length > 0 ? [lack('tags', `tags are given (${tags.join(', ')})`)] : []),
    ...(teams.length > 0 ? [lack('limits', `some teams may speak about some paths only (${teams.join(', ')})`)] : []),
  ].sort((a, b) => compareText(a.rule.id, b.rule.id))
}

/** Why absence in the observed state is not evidence everywhere; none if all was looked at and nobody differs. */
export function lacksOfObserved({ coverage, contested, masked }: Observed): readonly EngineFinding[] {
  const isCovered = coverage.some(({ path, status }) => path.length === 0 && status === 'covered')
  const isRefused = coverage.some(({ status }) => status === 'refused')
  return [
    ...(contested.length > 0 ? [lack('contested', 'observers contradict each other')] : []),
    ...(!isCovered || isRefused ? [lack('coverage', 'a part of the observed state was not looked at')] : []),
    ...(masked.length > 0 ? [lack('masked', 'observed values are masked')] : []),
  ]
}

function lack(name: string, words: string): EngineFinding {
  return lackFinding([], name, `${words}${remedy}`)
}
