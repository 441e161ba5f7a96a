import { pathHere, withParameters } from '../../address/address.ts'
import { moment, pageAddress, workspace } from '../../address/lens.ts'
import { useAnswer } from '../../api/answer.ts'
import type { FindingHistory } from '../../api/operations.ts'
import { environment } from '../../frame/workspace.ts'
import { WhenAnswered } from '../../parts/answered.tsx'
import { ExemptionYaml } from '../../parts/exemption-yaml.tsx'
import { Panel, Title } from '../../parts/panel.tsx'
import { PathText } from '../../parts/path-text.tsx'
import { subjectOf } from '../../parts/subject.ts'
import { markOf, Shape } from '../../parts/shape.tsx'
import { Explain } from './explain.tsx'
import { Facts } from './facts.tsx'
import { History } from './history.tsx'
import { NotFound } from './not-found.tsx'
import { Sentence } from './sentence.tsx'
import { Sides } from './sides.tsx'
import { WhatToDo, whatToDoTitle } from './what-to-do.tsx'
import './finding.css'

/** One finding: what is wrong in a sentence, both sides of it, its history, and every contributor. */
export function Finding() {
  const fingerprint = /findings\/([^/]*)/.exec(pathHere())?.[1] ?? ''
  const answer = useAnswer('getFinding', {
    params: { workspace: workspace.value, fingerprint },
    query: { at: moment.value },
  })
  const { problem } = answer
  if (problem?.status === 404 || problem?.status === 400)
    return <NotFound key={fingerprint} fingerprint={fingerprint} />
  return (
    <>
      {answer.value === undefined && problem !== undefined ? <Title>This finding cannot be shown</Title> : null}
      <WhenAnswered answer={answer}>{(finding) => <Found finding={finding} />}</WhenAnswered>
    </>
  )
}

function Found({ finding }: { finding: FindingHistory }) {
  const { at, rule, resolved, kind, owner } = finding
  const explained = useAnswer('explainPath', {
    params: { workspace: workspace.value },
    query: { path: at, environment: finding.environment, at: moment.value },
  })
  return (
    <div class="stack">
      <nav class="crumbs" aria-label="Where you are">
        <a href={pageAddress('findings')}>Findings</a> <span aria-hidden="true">/</span>{' '}
        <a href={pageAddress('findings', { rule: rule.id })}>{rule.id}</a>
      </nav>
      <OtherEnvironment finding={finding} />
      <div class="verdict">
        <Shape of={resolved === undefined ? markOf(finding) : 'conforms'} why={kind} big quiet />
        <div>
          <Title>
            <PathText at={subjectOf(finding)} />
          </Title>
          <Sentence finding={finding} />
        </div>
        <div class="acts">
          {resolved === undefined && moment.value === undefined ? (
            <>
              <a class="button primary" href="#h-do">
                {whatToDoTitle(finding)}
              </a>
              {kind === 'conflict' || kind === 'exemption' ? null : (
                <ExemptionYaml excused={{ rule: rule.id, path: at, environment: finding.environment, owner }} />
              )}
            </>
          ) : null}
          <a class="button" href={pageAddress('tree', { path: at, env: finding.environment })}>
            Show in tree
          </a>
        </div>
      </div>
      <Facts finding={finding} />
      <Sides finding={finding} />
      <div class="cols">
        <div class="stack">
          {resolved === undefined && moment.value === undefined ? (
            <WhatToDo finding={finding} explained={explained} />
          ) : null}
          <Panel
            id="h-history"
            title="History"
            flush
            aside={<span class="note">by the time Congruent learned it</span>}
          >
            <History finding={finding} />
          </Panel>
        </div>
        <Panel id="h-explain" title="Explain">
          <Explain finding={finding} explained={explained} />
        </Panel>
      </div>
    </div>
  )
}

/** A fingerprint is of one environment, whichever is looked at. */
function OtherEnvironment({ finding: { environment: of, at } }: { finding: FindingHistory }) {
  const asked = environment.value
  if (asked === undefined || asked === of) return null
  return (
    <p class="aside-line">
      This is a finding of <b>{of}</b>; you look at <b>{asked}</b>.{' '}
      <a href={pageAddress('findings', { q: at })}>
        Findings of {asked} at {at}
      </a>{' '}
      · <a href={withParameters({ env: of })}>Look at {of}</a>
    </p>
  )
}
