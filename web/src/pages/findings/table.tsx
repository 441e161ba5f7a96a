import { pageAddress } from '../../address/lens.ts'
import type { TrackedFinding } from '../../api/operations.ts'
import { environment } from '../../frame/workspace.ts'
import { PathText } from '../../parts/path-text.tsx'
import { markOf, Shape } from '../../parts/shape.tsx'
import { Age } from '../../parts/time.tsx'
import { observedText } from '../../parts/value.ts'
import type { Grouping } from './filters.ts'
import { grouped, GroupName } from './groups.tsx'

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
          <th scope="col">Rule</th>
          <th scope="col">Observed</th>
          <th scope="col">Wanted</th>
          <th scope="col">Seen by</th>
          <th scope="col" class="r">
            Since
          </th>
        </tr>
      </thead>
      {Array.from(grouped(findings, by), ([key, rows]) => (
        <tbody key={key}>
          <tr class="group">
            <th scope="rowgroup" colSpan={7}>
              <GroupName by={by} of={rows} />
              <span class="gn num">{rows.length}</span>
            </th>
          </tr>
          {rows.map((finding) => (
            <Row key={finding.fingerprint} finding={finding} />
          ))}
        </tbody>
      ))}
    </table>
  )
}

function Row({ finding }: { finding: TrackedFinding }) {
  const { fingerprint, at, rule, kind, severity, exempted, message, wanted, observations, since, reopened } = finding
  const observers = [...new Set(observations.map(({ observer }) => observer))]
  const mark = markOf(finding)
  return (
    <tr class={mark}>
      <td class="s">
        <Shape of={mark} />
      </td>
      <td class="p">
        <a class="row" href={pageAddress(`findings/${fingerprint}`)}>
          <PathText at={at} />
        </a>
        <span class="sub">
          {exempted === undefined
            ? severity === 'error'
              ? message
              : `${severity}: ${message}`
            : `${exempted.id} until ${exempted.expires}`}
        </span>
      </td>
      <td class="ru">
        <b>{rule.id}</b> <span class="dim">{kind}</span>
      </td>
      <td class="v">
        <span class="k">observed</span>
        <span class="mono">{observedText(finding)}</span>
      </td>
      <td class="v">
        <span class="k">wanted</span>
        <span class="mono">{wanted ?? ''}</span>
      </td>
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
