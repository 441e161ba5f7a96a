import { pageAddress } from '../../address/lens.ts'
import type { Answered } from '../../api/answer.ts'
import type { Explanation, FindingHistory } from '../../api/operations.ts'
import { contactOf } from '../../frame/workspace.ts'
import { ExemptionYaml } from '../../parts/exemption-yaml.tsx'
import { Message } from '../../parts/message.tsx'
import { Panel } from '../../parts/panel.tsx'
import { decidingSteps } from './deciding-steps.tsx'
import { type Step, Steps } from './steps.tsx'

/** How to fix it, to decide it where nobody can say, or to settle it where fragments contradict each other. */
export function WhatToDo({ finding, explained }: { finding: FindingHistory; explained: Answered<Explanation> }) {
  return (
    <Panel id="h-do" title={whatToDoTitle(finding)}>
      <Steps steps={stepsOf(finding, explained.value)} />
    </Panel>
  )
}

/** What is to be done about a finding, by what it leads to. */
export function whatToDoTitle({ outcome, kind }: FindingHistory): string {
  if (outcome === 'undecided') return 'How to decide it'
  return kind === 'conflict' ? 'How to settle it' : 'How to fix it'
}

function stepsOf(finding: FindingHistory, explanation: Explanation | undefined): readonly Step[] {
  if (finding.kind === 'conflict') return settlingSteps(finding, explanation)
  const first = finding.outcome === 'undecided' ? decidingSteps(finding) : fixingSteps(finding, explanation)
  // An exemption is not excused: it is renewed or removed.
  return finding.kind === 'exemption' ? first : [...first, askingStep(finding), exemptionStep(finding)]
}

function fixingSteps(
  { kind, at, wanted, observations, message }: FindingHistory,
  explanation: Explanation | undefined,
): readonly Step[] {
  const path = <code>{at}</code>
  const place = observations.find(({ file }) => file !== undefined)
  const where =
    place === undefined ? null : (
      <>
        {' '}
        {place.observer} reported it from <code>{placeText(place)}</code>.
      </>
    )
  if (kind === 'unexpected') return [{ what: <>Take {path} away.</>, how: <>No constraint lets it be there.{where}</> }]
  if (kind === 'breach' || kind === 'exemption' || kind === 'lint' || kind === 'unreadable')
    return [{ what: <>Change the file that says it.</>, how: <Message text={message} /> }]
  const allowed = explanation?.value ?? wanted
  return [
    {
      what: kind === 'missing' ? <>Give {path} a value.</> : <>Change {path}.</>,
      how: (
        <>
          {allowed === undefined ? (
            <Message text={message} />
          ) : (
            <>
              What all constraints together allow: <code>{allowed}</code>
              {explanation?.default === undefined ? null : (
                <>
                  , and <code>{explanation.default}</code> where nobody says anything
                </>
              )}
              .
            </>
          )}
          {where}
        </>
      ),
    },
  ]
}

function placeText({ file = '', line }: FindingHistory['observations'][number]): string {
  return line === undefined ? file : `${file}:${line}`
}

/** The team whose rule it is: it knows whether this was meant. */
function askingStep({ rule, teams, conjuncts, owner }: FindingHistory): Step {
  const team = conjuncts.find((one) => one.rule === rule.id)?.team ?? teams[0] ?? owner
  return {
    what:
      team === undefined ? (
        <>Or ask whether {rule.id} is meant for it.</>
      ) : (
        <>
          Or ask {team} whether {rule.id} is meant for it.
        </>
      ),
    how: (
      <>
        {team === undefined ? null : <Contact team={team} />}
        <a href={pageAddress('findings', { rule: rule.id })}>Everything that {rule.id} finds</a>.
      </>
    ),
  }
}

function exemptionStep({ rule, at, environment, owner }: FindingHistory): Step {
  return {
    what: 'Or ask for an exemption.',
    how: (
      <>
        One rule, one path, with a reason and an end.{' '}
        <ExemptionYaml excused={{ rule: rule.id, path: at, environment, owner }} title="Write it" />
      </>
    ),
  }
}

/** No snapshot can help: somebody has to change what is demanded. */
function settlingSteps({ at, rule, conjuncts }: FindingHistory, explanation: Explanation | undefined): readonly Step[] {
  const settling = explanation?.settling?.find((one) => one.at === at && one.rule === rule.id)
  const teams = settling?.call ?? [...new Set(conjuncts.map(({ team }) => team))].map((team) => ({ team }))
  const enough = settling?.enough ?? []
  return [
    {
      what: `Call ${teams.map(({ team }) => team).join(' and ')}.`,
      how: teams.map(({ team }) => <Contact key={team} team={team} />),
    },
    {
      what: 'One of what contradicts has to change.',
      how:
        enough.length === 0
          ? conjuncts.map(({ team, file, line }, index) => (
              <span key={`${file}:${line}`}>
                {index === 0 ? '' : ', '}
                <code>
                  {file}:{line}
                </code>{' '}
                ({team})
              </span>
            ))
          : enough.map((set, index) => (
              <span key={index} class="set">
                {index === 0 ? '' : 'and of '}
                {set.map(({ team, fragment }, at) => (
                  <span key={fragment}>
                    {at === 0 ? '' : ' or '}
                    <code>{fragment}</code> ({team})
                  </span>
                ))}
                .{' '}
              </span>
            )),
    },
  ]
}

/** How to reach a team, if that is known. */
function Contact({ team }: { team: string }) {
  const contact = contactOf(team)
  return contact === undefined ? null : (
    <>
      {team}: <span class="contact">{contact}</span>.{' '}
    </>
  )
}
