import { withParameters } from '../../address/address.ts'
import { pageAddress } from '../../address/lens.ts'
import type { Rule } from '../../api/operations.ts'
import { Bar } from '../../parts/bar.tsx'
import { Age } from '../../parts/time.tsx'
import { type MatchesOf, remarkOf } from './facts.ts'
import { Spark } from './spark.tsx'

/** A rule a row, and what it does now and did in 12 weeks. */
export function RulesTable({ rules, matchesOf }: { rules: readonly Rule[]; matchesOf: MatchesOf }) {
  const most = Math.max(1, ...rules.map((rule) => Math.max(matchesOf(rule) ?? 0, foundBy(rule))))
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="Rules, table">
      <table class="rules">
        <thead>
          <tr>
            <th scope="col">Rule</th>
            <th scope="col">Team</th>
            <th scope="col">Severity</th>
            <th scope="col" class="r">
              Matches
            </th>
            <th scope="col">Now</th>
            <th scope="col" class="r">
              Violated
            </th>
            <th scope="col" class="r">
              Undecided
            </th>
            <th scope="col" class="r">
              Exempt
            </th>
            <th scope="col">12 weeks</th>
            <th scope="col" class="r">
              Last violated
            </th>
            <th scope="col" class="r">
              Tests
            </th>
          </tr>
        </thead>
        <tbody>
          {rules.map((rule) => (
            <Row key={`${rule.id} ${rule.team}`} rule={rule} matches={matchesOf(rule)} most={most} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Row({ rule, matches, most }: { rule: Rule; matches: number | undefined; most: number }) {
  const { id, title, team, findings, exempted, weeks, lastViolated, tests } = rule
  const remark = remarkOf(rule, matches)
  const violated = findings.violates + findings.conflicts
  // What is milder than an error is found among what is for information.
  const told = rule.severity.api === 'error' ? undefined : 'none'
  const conforming = Math.max(0, (matches ?? 0) - violated - findings.undecided - exempted)
  return (
    <tr>
      <th scope="row">
        <a class="row" href={withParameters({ rule: id })}>
          {id}
        </a>
        <small>{title ?? 'no title'}</small>
        {remark === undefined ? null : (
          <small class={remark.grave ? 'warn' : ''}>
            {remark.kind}: {remark.why}
          </small>
        )}
      </th>
      <td>{team}</td>
      <td>{severityText(rule)}</td>
      <td class={matches === 0 ? 'r num warn' : 'r num'}>
        {matches ?? (
          <span class="zero" title="not known yet">
            ?
          </span>
        )}
      </td>
      <td>
        <Bar
          of={most}
          width={80}
          parts={[
            ['conforms', conforming],
            ['exempted', exempted],
            ['undecided', findings.undecided],
            ['violates', violated],
          ]}
        />
      </td>
      <Count count={violated} href={pageAddress('findings', { rule: id, outcome: told ?? 'conflicts,violates' })} />
      <Count count={findings.undecided} href={pageAddress('findings', { rule: id, outcome: told ?? 'undecided' })} />
      <Count count={exempted} href={pageAddress('findings', { rule: id, outcome: 'exempted' })} />
      <td>
        <Spark counts={weeks} />
      </td>
      <td class="r num">
        <Last at={lastViolated} isNow={violated > 0} />
      </td>
      <td class={tests === 0 ? 'r num warn' : 'r num'}>{tests ?? <span class="zero">–</span>}</td>
    </tr>
  )
}

function Last({ at, isNow }: { at: string | undefined; isNow: boolean }) {
  if (isNow) return <>now</>
  return at === undefined ? <span class="zero">never</span> : <Age since={at} />
}

function Count({ count, href }: { count: number; href: string }) {
  return <td class={count === 0 ? 'r num zero' : 'r num'}>{count === 0 ? 0 : <a href={href}>{count}</a>}</td>
}

function foundBy({ findings, exempted }: Rule): number {
  return findings.violates + findings.conflicts + findings.undecided + exempted
}

/** One word where it is the same wherever one asks. */
function severityText({ severity: { api, ci, admission } }: Rule): string {
  if (api === ci && api === admission) return api
  return [`api ${api}`, `ci ${ci}`, `admission ${admission}`].join(', ')
}
