import { parameter, withParameters } from '../../address/address.ts'
import { moment, workspace } from '../../address/lens.ts'
import { useAnswer } from '../../api/answer.ts'
import type { Rule } from '../../api/operations.ts'
import { environment } from '../../frame/workspace.ts'
import { Failure, Skeleton, WhenAnswered } from '../../parts/answered.tsx'
import { counted, Panel, Title } from '../../parts/panel.tsx'
import { Outcome } from '../../parts/shape.tsx'
import { fullTime } from '../../parts/time.tsx'
import { ChosenRule } from './chosen-rule.tsx'
import { Exemptions } from './exemptions.tsx'
import { isListed, matchesIn, type MatchesOf, remarkOf } from './facts.ts'
import { RulesTable } from './table.tsx'
import './rules.css'

const shows = ['all', 'never matched', 'never violated'] as const

/** What each rule does: where it speaks, what it finds, whether it ever refused anything; and what is permitted nevertheless. */
export function Rules() {
  const name = environment.value
  const question =
    name === undefined
      ? undefined
      : { params: { workspace: workspace.value }, query: { environment: name, at: moment.value } }
  const rules = useAnswer('listRules', question)
  const matches = useAnswer('listRuleMatches', question)
  if (name === undefined) return <Skeleton />
  const matchesOf = matchesIn(matches.value)
  const listed = rules.value?.items.filter(isListed) ?? []
  const asked = parameter('rule')
  return (
    <>
      <div class="head">
        <Title>Rules</Title>
        <Counts rules={listed} matchesOf={matchesOf} />
        <span class="grow" />
        <Show rules={listed} matchesOf={matchesOf} />
      </div>
      {asked === undefined ? null : (
        <WhenAnswered answer={rules}>
          {({ items }) => (
            <ChosenRule id={asked} rules={items.filter(({ id }) => id === asked)} matchesOf={matchesOf} />
          )}
        </WhenAnswered>
      )}
      <Panel
        id="h-rules"
        title="What each rule does"
        flush
        aside={<span class="note">on the newest snapshots of {name}; 12 weeks of history</span>}
      >
        {matches.problem === undefined ? null : (
          <Failure problem={matches.problem} again={matches.again} kept={matches.value !== undefined} />
        )}
        <WhenAnswered answer={rules}>
          {({ items }) => {
            const shown = items.filter(isListed).filter((rule) => isShown(rule, matchesOf))
            return (
              <>
                {shown.length === 0 ? (
                  <Nothing all={listed.length} />
                ) : (
                  <RulesTable rules={shown} matchesOf={matchesOf} />
                )}
                {items.length === listed.length ? null : (
                  <p class="pad note plain-lines">
                    {counted(items.length - listed.length, 'plain constraint')} without an id of{' '}
                    {items.length - listed.length === 1 ? 'its' : 'their'} own, against which nothing was found, not
                    listed.
                  </p>
                )}
              </>
            )
          }}
        </WhenAnswered>
      </Panel>
      <Exemptions environment={name} />
    </>
  )
}

function isShown(rule: Rule, matchesOf: MatchesOf): boolean {
  const show = parameter('show')
  return show === undefined || remarkOf(rule, matchesOf(rule))?.kind === show
}

function Counts({ rules, matchesOf }: { rules: readonly Rule[]; matchesOf: MatchesOf }) {
  const violated = rules.filter(({ findings }) => findings.violates + findings.conflicts > 0).length
  const unmatched = rules.filter((rule) => matchesOf(rule) === 0).length
  return (
    <p class="counts">
      <span>
        <b class="num">{rules.length}</b> {rules.length === 1 ? 'rule' : 'rules'}
      </span>
      {violated === 0 ? null : (
        <Outcome of="violates">
          <b class="num">{violated}</b> violated now
        </Outcome>
      )}
      {unmatched === 0 ? null : (
        <Outcome of="undecided">
          <b class="num">{unmatched}</b> never matched
        </Outcome>
      )}
      {moment.value === undefined ? null : <span class="past">as it was at {fullTime(moment.value)}</span>}
    </p>
  )
}

function Show({ rules, matchesOf }: { rules: readonly Rule[]; matchesOf: MatchesOf }) {
  const show = parameter('show') ?? 'all'
  return (
    <span class="seg small" role="group" aria-label="Show">
      {shows.map((one) => (
        <a
          key={one}
          href={withParameters({ show: one === 'all' ? undefined : one })}
          aria-current={show === one ? 'true' : undefined}
        >
          {one}{' '}
          {one === 'all' ? null : (
            <span class="num">{rules.filter((rule) => remarkOf(rule, matchesOf(rule))?.kind === one).length}</span>
          )}
        </a>
      ))}
    </span>
  )
}

function Nothing({ all }: { all: number }) {
  if (all === 0)
    return (
      <div class="empty">
        <h2>No rule has an id yet</h2>
        <p>
          A constraint gets one by an attribute:{' '}
          <code>replicas: &gt;=2 @rule(id="HA-1", title="at least two replicas")</code>
        </p>
      </div>
    )
  return (
    <div class="empty">
      <h2>No rule is so</h2>
      <p>
        <a href={withParameters({ show: undefined })}>Show all {all}</a>
      </p>
    </div>
  )
}
