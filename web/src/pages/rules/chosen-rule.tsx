import { withParameters } from '../../address/address.ts'
import { moment, pageAddress, workspace } from '../../address/lens.ts'
import { useAnswer } from '../../api/answer.ts'
import type { Rule } from '../../api/operations.ts'
import { contactOf, environment } from '../../frame/workspace.ts'
import { WhenAnswered } from '../../parts/answered.tsx'
import { ExemptionYaml } from '../../parts/exemption-yaml.tsx'
import { Frame } from '../../parts/frame.tsx'
import { counted, Panel } from '../../parts/panel.tsx'
import { Message } from '../../parts/message.tsx'
import { PathText } from '../../parts/path-text.tsx'
import { Outcome } from '../../parts/shape.tsx'
import { type MatchesOf, remarkOf } from './facts.ts'

const mostSites = 6

/** One rule: the lines that state it, whom to ask, what it finds, and how an exemption of it is written. */
export function ChosenRule({ id, rules, matchesOf }: { id: string; rules: readonly Rule[]; matchesOf: MatchesOf }) {
  const close = <a href={withParameters({ rule: undefined })}>Close</a>
  if (rules.length === 0)
    return (
      <Panel id="h-rule" title={id} aside={close}>
        <p class="dim">No fragment states a rule of this id here.</p>
      </Panel>
    )
  return (
    <>
      {rules.map((rule, index) => (
        <Panel
          key={rule.team}
          id={index === 0 ? 'h-rule' : `h-rule-${index}`}
          title={rule.title === undefined ? id : `${id}: ${rule.title}`}
          aside={close}
        >
          <Facts rule={rule} matches={matchesOf(rule)} />
          {rule.sites.slice(0, mostSites).map(({ file, line, column, digest, team }) =>
            digest === undefined ? (
              <div key={`${file}:${line}:${column}`} class="nobody">
                <span class="mono">
                  {file}:{line}:{column}
                </span>{' '}
                {team}
              </div>
            ) : (
              <Frame key={`${file}:${line}:${column}`} at={{ digest, file, line, column }} tone="want" meta={team} />
            ),
          )}
          {rule.sites.length > mostSites ? (
            <p class="note">and {counted(rule.sites.length - mostSites, 'more place')} that states it</p>
          ) : null}
          <Found rule={id} />
        </Panel>
      ))}
    </>
  )
}

const mostFound = 5

/** What it finds now, worst first, each with the way to an exemption. */
function Found({ rule }: { rule: string }) {
  const answer = useAnswer('listFindings', {
    params: { workspace: workspace.value },
    query: {
      rule,
      environment: environment.value,
      at: moment.value,
      exempted: false,
      sort: 'severity',
      limit: mostFound,
    },
  })
  return (
    <WhenAnswered answer={answer}>
      {({ items }) => (
        <ul class="found">
          {items.map(({ fingerprint, at, outcome, message, owner, environment }) => (
            <li key={fingerprint}>
              <Outcome of={outcome} />
              <span>
                <a href={pageAddress(`findings/${fingerprint}`)}>
                  <PathText at={at} />
                </a>
                <small>
                  <Message text={message} />
                </small>
              </span>
              <ExemptionYaml excused={{ rule, path: at, environment, owner }} />
            </li>
          ))}
        </ul>
      )}
    </WhenAnswered>
  )
}

function Facts({ rule, matches }: { rule: Rule; matches: number | undefined }) {
  const { id, team, docs, severity, findings, exempted } = rule
  const remark = remarkOf(rule, matches)
  const contact = contactOf(team)
  const found = findings.violates + findings.conflicts + findings.undecided
  return (
    <>
      <p>
        {team}
        {contact === undefined ? '' : ` (${contact})`} answers for it.{' '}
        {matches === undefined ? '' : `It speaks at ${counted(matches, 'observed path')}. `}
        <a href={pageAddress('findings', { rule: id })}>{counted(found, 'finding')}</a>
        {exempted === 0 ? '' : `, and ${exempted} that an exemption excuses`}.{' '}
        {docs === undefined || !/^https?:\/\//.test(docs) ? docs : <a href={docs}>What it is for</a>}
      </p>
      {remark === undefined ? null : (
        <p class={remark.grave ? 'warn' : 'dim'}>
          {remark.kind}: {remark.why}
        </p>
      )}
      <p class="dim">
        Severity: {severity.api} on a server, {severity.ci} in CI, {severity.admission} at admission.
      </p>
    </>
  )
}
