import { pageAddress } from '../../address/lens.ts'
import type { TrackedFinding } from '../../api/operations.ts'
import { environment } from '../../frame/workspace.ts'
import { PathText } from '../../parts/path-text.tsx'
import { markOf, Shape } from '../../parts/shape.tsx'
import { Age } from '../../parts/time.tsx'
import { observedText } from '../../parts/value.ts'
import { RuleId } from '../../parts/rule-id.tsx'
import { subjectOf } from '../../parts/subject.ts'
import { isUndecidedKind, whyUndecided } from '../../parts/why-undecided.ts'
import type { Grouping } from './filters.ts'
import { grouped, GroupName, ownerOf } from './groups.tsx'

/** Findings in groups: by who owns the path unless asked otherwise, as that is who acts; on a narrow screen each is a card. */
export function FindingsTable({ findings, by }: { findings: readonly TrackedFinding[]; by: Grouping }) {
  return (
    <table class="list">
      <caption class="sr">
        Findings in {environment.value}, grouped by {by}
      </caption>
      <thead>
        <tr>
          <th scope="col">
            <span class="sr">Outcome</span>
          </th>
          <th scope="col">Path</th>
          <th scope="col">{by === 'rule' ? 'Kind' : 'Rule'}</th>
          <th scope="col">Observed</th>
          <th scope="col">Wanted</th>
          {by === 'owner' ? null : <th scope="col">Owner</th>}
          <th scope="col">Seen by</th>
          <th scope="col" class="r">
            Since
          </th>
        </tr>
      </thead>
      {Array.from(grouped(findings, by), ([key, rows]) => (
        <tbody key={key}>
          <tr class="group">
            <th scope="rowgroup" colSpan={by === 'owner' ? 7 : 8}>
              <GroupName by={by} of={rows} />
              <span class="gn num">{rows.length}</span>
            </th>
          </tr>
          {rows.map((finding) => (
            <Row key={finding.fingerprint} finding={finding} by={by} />
          ))}
        </tbody>
      ))}
    </table>
  )
}

function Row({ finding, by }: { finding: TrackedFinding; by: Grouping }) {
  const { fingerprint, rule, kind, wanted, observations, since, reopened } = finding
  const observers = [...new Set(observations.map(({ observer }) => observer))]
  const mark = markOf(finding)
  return (
    <tr class={mark}>
      <td class="s">
        <Shape of={mark} why={kind} />
      </td>
      <td class="p">
        <a class="row" href={pageAddress(`findings/${fingerprint}`)}>
          <PathText at={subjectOf(finding)} />
        </a>
        <span class="sub">{subText(finding)}</span>
      </td>
      <td class="ru">
        {by === 'rule' ? null : (
          <b>
            <RuleId id={rule.id} />
          </b>
        )}{' '}
        <span class="dim">{kind}</span>
      </td>
      <td class="v">
        <span class="k">observed</span>
        <OneLine text={observedText(finding)} />
      </td>
      <td class="v">
        <span class="k">wanted</span>
        <OneLine text={wanted ?? ''} />
      </td>
      {by === 'owner' ? null : <td class="ow">{ownerOf(finding)}</td>}
      <td class="by">{observers.length === 0 ? <span class="zero">nobody</span> : observers.join(', ')}</td>
      <td class="r num">
        <Age since={since} />
        {reopened > 0 ? (
          <span class="re" title={`reopened ${reopened} times`}>
            {' '}
            ↻{reopened}
          </span>
        ) : null}
      </td>
    </tr>
  )
}

/** What must be said beside the path: what excuses it, that it is no error, why nobody can say. */
function subText({ exempted, severity, kind, message }: TrackedFinding): string {
  if (exempted !== undefined) return `${exempted.id} until ${exempted.expires}`
  const why = isUndecidedKind(kind) ? `${whyUndecided[kind]}: ` : ''
  return `${severity === 'error' ? '' : `${severity}: `}${why}${message}`
}

/** Code on one line, never broken within a word; all of it on the page of the finding, and to who points at it. */
function OneLine({ text }: { text: string }) {
  return (
    <span class="mono" title={text.length > mostTold ? text : undefined}>
      {text}
    </span>
  )
}

const mostTold = 20
