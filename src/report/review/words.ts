import { exactJson } from '../../model/exact-json.ts'
import { cutText } from '../../model/cut-text.ts'
import type { Change, ChangeExample, Review, ReviewCounts, SeverityChange } from '../../model/review.ts'

/** What a review comes to, in a sentence without its end. */
export function verdictWords({ verdict, environments, summary }: Review): string {
  if (verdict === 'unchanged') return 'no observable change: the same is desired, and the same is found'
  const changed = new Set(environments.flatMap(({ changes }) => changes.map(({ at, change }) => `${change} ${at}`)))
  const changes = plural(changed.size, 'change of the desired state', 'changes of the desired state')
  const news = countWords(summary)
  if (verdict === 'changed') return news === '' ? `${changes}, and no finding comes or goes` : `${changes}; ${news}`
  return `${news}; ${changes}`
}

/** `2 newly violating, 1 resolved`; empty where nothing comes or goes. */
export function countWords(counts: ReviewCounts): string {
  const { conflicts, violating, undecided, minor, resolved, changed } = counts
  const words = [
    conflicts === 0 ? '' : plural(conflicts, 'new conflict'),
    violating === 0 ? '' : `${violating} newly violating`,
    undecided === 0 ? '' : `${undecided} newly undecided`,
    minor === 0 ? '' : `${minor} new that ${minor === 1 ? 'does' : 'do'} not count`,
    resolved === 0 ? '' : `${resolved} resolved`,
    changed === 0 ? '' : `${changed} changed`,
  ]
  return words.filter((word) => word !== '').join(', ')
}

/** `2 was allowed, and is no more`, also of a value that goes the other way; empty where no value shows it. */
export function exampleWords({ example, opposite }: Change): string {
  return [example, opposite].flatMap((one) => (one === undefined ? [] : [permissionWords(one)])).join('; ')
}

function permissionWords({ value, after }: ChangeExample): string {
  const text = cutText(exactJson(value))
  return after === 'refused' ? `${text} was allowed, and is no more` : `${text} was refused, and is allowed now`
}

/** Which checks another severity is about; empty where it is all of them. */
export function entryWords({ entries }: SeverityChange): string {
  return entries.length === 3 ? '' : entries.join(', ')
}

/** `1 team`, `2 teams` */
export function plural(count: number, one: string, several = `${one}s`): string {
  return `${count} ${count === 1 ? one : several}`
}

/** A side as people name it: `main (8d62379703c7)`. */
export function sideWords({ ref, commit }: Review['base']): string {
  return commit === undefined || commit.startsWith(ref) ? ref : `${ref} (${commit.slice(0, 12)})`
}

/** What weakens rules, or leaves them unproven: pieces of prose, every second of them somebody's own word. */
export function calledOut({ rules, exemptions }: Review): readonly (readonly string[])[] {
  return [
    ...rules.severity
      .filter(({ lowered }) => lowered)
      .map((change) => {
        const entries = entryWords(change)
        const where = entries === '' ? '' : ` for ${entries}`
        return ['severity of ', change.rule.id, ` lowered from ${change.before} to ${change.after}${where}`]
      }),
    ...rules.removed.map(({ id, team }) => ['rule ', id, ' of ', team, ' removed']),
    ...(rules.untested ?? []).map(({ id, team }) => ['rule ', id, ' of ', team, ' added, and no test expects it']),
    ...exemptions.added.map(({ id, rule, path, expires }) => [
      'exemption ',
      id,
      ' of ',
      rule,
      ' at ',
      path,
      ` until ${expires} added`,
    ]),
    ...exemptions.widened.map(({ after: { id, rule, path, expires } }) => [
      'exemption ',
      id,
      ' widened: now of ',
      rule,
      ' at ',
      path,
      ` until ${expires}`,
    ]),
  ]
}
