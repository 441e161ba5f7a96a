import type { ReportConjunct } from '../../api/operations.ts'
import { Panel } from '../../parts/panel.tsx'
import { listed } from './meanings.ts'
import type { Comparison } from './news.ts'
import { RuleLink } from './rule-link.tsx'
import { Some } from './some.tsx'

/** Something that is easily overlooked in a change. */
interface Called {
  readonly what: string
  readonly rule?: string
  readonly text: string
  readonly place?: ReportConjunct | undefined
}

const first = 6

/** What weakens or blinds: severities that are lowered, exemptions that grow, rules without a test, what goes wrong silently. */
export function LookTwice({ comparison }: { comparison: Comparison }) {
  const all = calledOut(comparison)
  if (all.length === 0) return null
  return (
    <Panel id="h-look" title="Look twice">
      <ul class="look">
        <Some of={all} first={first} step={20} more={(button) => <li>{button}</li>}>
          {({ what, rule, text, place }, index) => (
            <li key={index}>
              <b>{what}</b> {rule === undefined ? null : <RuleLink id={rule} />}
              <small>{text}</small>
              {place === undefined ? null : (
                <small class="mono">
                  {place.file}:{place.line}
                </small>
              )}
            </li>
          )}
        </Some>
      </ul>
    </Panel>
  )
}

function calledOut({ rules, exemptions, environments }: Comparison): readonly Called[] {
  const breaches = environments.flatMap(({ findings }) => findings.new.filter(({ kind }) => kind === 'breach'))
  const lints = environments.flatMap((one) => one.lints?.new ?? [])
  return [
    ...breaches.map((finding) => ({
      what: 'Limits overstepped',
      text: `${finding.at}: ${finding.message}`,
      place: finding.conjuncts[0],
    })),
    ...rules.severity
      .filter(({ lowered }) => lowered)
      .map(({ rule, before, after, entries }) => ({
        what: 'Severity lowered',
        rule: rule.id,
        text: `from ${before} to ${after} in ${listed(rule.environments)}, for ${listed(entries)}`,
        place: rule.sites[0],
      })),
    ...rules.removed.map(({ id, title, team, sites }) => ({
      what: 'Rule gone',
      rule: id,
      text: `${title ?? 'without a title'}, of ${team}`,
      place: sites[0],
    })),
    ...exemptions.widened.map(({ before, after }) => ({
      what: 'Exemption widened',
      text:
        before.path === after.path
          ? `${after.id} for ${after.rule} at ${after.path} excuses more than it did, until ${after.expires}`
          : `${after.id} is widened from ${before.path} to ${after.path}`,
    })),
    ...exemptions.added.map(({ id, rule, path, expires, reason }) => ({
      what: 'Exemption new',
      text: `${id} excuses ${rule} at ${path} until ${expires}: ${reason}`,
    })),
    ...(rules.untested ?? []).map(({ id, title, sites }) => ({
      what: 'Rule without a test',
      rule: id,
      text: title ?? 'no test expects it',
      place: sites[0],
    })),
    ...distinct(
      lints.map((finding) => ({
        what: 'Does not do what it seems to',
        text: finding.message,
        place: finding.conjuncts[0],
      })),
    ),
  ]
}

/** What several environments say alike is told once. */
function distinct(all: readonly Called[]): readonly Called[] {
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()]
}
