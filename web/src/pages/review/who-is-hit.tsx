import { pageAddress, team } from '../../address/lens.ts'
import type { ReportFinding, ReviewEnvironment } from '../../api/operations.ts'
import { contactOf } from '../../frame/workspace.ts'
import { Message } from '../../parts/message.tsx'
import { Panel } from '../../parts/panel.tsx'
import { PathText } from '../../parts/path-text.tsx'
import { Shape } from '../../parts/shape.tsx'
import { observedText } from '../../parts/value.ts'
import { Delta } from './delta.tsx'
import { countedNews, newsByOwner, newsKinds, type OwnerNews } from './news.ts'
import { RuleLink } from './rule-link.tsx'
import { Some } from './some.tsx'

const heads = {
  violating: 'Newly violating',
  undecided: 'Newly undecided',
  fixed: 'Fixed',
  reworded: 'Reworded',
} as const
const firstItems = 6

/** What newly counts, by who owns the path, each with what is there and what would be wanted. */
export function WhoIsHit({ shown }: { shown: ReviewEnvironment }) {
  const owners = newsByOwner(shown, team.value)
  return (
    <Panel id="h-who" title="Who is hit" flush aside={<Evidence shown={shown} />}>
      {owners.length === 0 ? (
        <p class="pad none">
          {shown.snapshots.length === 0
            ? 'Nothing is observed here: nobody can say.'
            : 'Nobody: nothing comes, nothing goes.'}
        </p>
      ) : (
        <Owners owners={owners} environment={shown.name} />
      )}
    </Panel>
  )
}

function Evidence({ shown: { snapshots } }: { shown: ReviewEnvironment }) {
  if (snapshots.length === 0) return null
  const observers = snapshots.map(({ observer, sequence }) => `${observer} #${sequence}`)
  const few = observers.length > 4 ? `${observers.length} snapshots` : observers.join(', ')
  return <span class="note">both sides checked on {few}</span>
}

function Owners({ owners, environment }: { owners: readonly OwnerNews[]; environment: string }) {
  const sum = countedNews(owners)
  return (
    <table class="who">
      <caption class="sr">Findings that come and go in {environment}, by owner</caption>
      <thead>
        <tr>
          <th scope="col">Owner of the path</th>
          <th scope="col" class="bar-c">
            <span class="sr">Picture</span>
          </th>
          {newsKinds.map((kind) => (
            <th key={kind} scope="col" class="r">
              {heads[kind]}
            </th>
          ))}
        </tr>
      </thead>
      {owners.map((news) => (
        <Owner key={news.owner} news={news} />
      ))}
      <tfoot>
        <tr>
          <th scope="row">Together</th>
          <td class="bar-c" />
          {newsKinds.map((kind) => (
            <td key={kind} class="r num">
              {sum[kind]}
            </td>
          ))}
        </tr>
      </tfoot>
    </table>
  )
}

function Owner({ news }: { news: OwnerNews }) {
  const { owner, violating, undecided, fixed, reworded } = news
  const counts = {
    violating: violating.length,
    undecided: undecided.length,
    fixed: fixed.length,
    reworded: reworded.length,
  }
  const hits = [...violating, ...undecided]
  return (
    <tbody>
      <tr class={owner === team.value ? 't own' : 't'}>
        <th scope="row">
          {owner === '' ? 'nobody’s' : owner} <span class="contact">{contactOf(owner)}</span>
        </th>
        <td class="bar-c">
          <Delta {...counts} />
        </td>
        {newsKinds.map((kind) => (
          <td key={kind} class={counts[kind] === 0 ? 'r num zero' : 'r num'}>
            <span class="k">{heads[kind]} </span>
            {counts[kind]}
          </td>
        ))}
      </tr>
      <Some of={hits} first={firstItems} more={wideRow}>
        {(finding) => <Hit key={finding.fingerprint} finding={finding} />}
      </Some>
      <Some of={fixed} first={hits.length === 0 ? 2 : 0} what="fixed" more={wideRow}>
        {(finding) => <Hit key={finding.fingerprint} finding={finding} gone />}
      </Some>
    </tbody>
  )
}

function wideRow(button: preact.ComponentChildren) {
  return (
    <tr class="i">
      <td colSpan={6}>{button}</td>
    </tr>
  )
}

function Hit({ finding, gone = false }: { finding: ReportFinding; gone?: boolean }) {
  const { at, outcome, rule, wanted, message } = finding
  return (
    <tr class="i">
      <td colSpan={6}>
        <Shape of={gone ? 'conforms' : outcome} />
        <a class="row" href={pageAddress('tree', { path: at })}>
          <PathText at={at} />
        </a>
        <span class="mono">{observedText(finding)}</span>
        {gone ? (
          <span class="dim">is no longer against</span>
        ) : (
          <>
            <span class="dim">wants</span>
            {wanted === undefined ? (
              <span>
                <Message text={message} />
              </span>
            ) : (
              <span class="mono">{wanted}</span>
            )}
          </>
        )}
        <RuleLink id={rule.id} title={rule.title} />
      </td>
    </tr>
  )
}
