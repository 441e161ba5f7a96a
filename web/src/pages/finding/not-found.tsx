import type { ComponentChildren } from 'preact'
import { withParameters } from '../../address/address.ts'
import { environmentAsked, moment, pageAddress, workspace } from '../../address/lens.ts'
import { useAnswer } from '../../api/answer.ts'
import { Skeleton } from '../../parts/answered.tsx'
import { FirstSteps } from '../../parts/first-steps.tsx'
import { Panel, Title } from '../../parts/panel.tsx'
import { fullTime } from '../../parts/time.tsx'

/** Why a finding is not there: it is no fingerprint, it was not found yet at the moment that is looked at, or no check here ever found it. */
export function NotFound({ fingerprint }: { fingerprint: string }) {
  const at = moment.value
  const isFingerprint = /^[0-9a-f]{32}$/.test(fingerprint)
  const now = useAnswer(
    'getFinding',
    at === undefined || !isFingerprint ? undefined : { params: { workspace: workspace.value, fingerprint } },
  )
  if (!isFingerprint)
    return (
      <Lead title="This address names no finding">
        It ends with <code>{fingerprint}</code>; required are the 32 hex digits of a fingerprint.{' '}
        <a href={pageAddress('findings')}>All findings</a>
      </Lead>
    )
  if (now.waiting) return <Skeleton />
  if (at !== undefined && now.value !== undefined)
    return (
      <Lead title={`At ${fullTime(at)} this was not found yet`}>
        <b>{now.value.at}</b>: it was first found at{' '}
        <a href={withParameters({ at: now.value.firstSeen })}>{fullTime(now.value.firstSeen)}</a>.{' '}
        <a href={withParameters({ at: undefined })}>How it is now</a>
      </Lead>
    )
  return <NeverFound />
}

function Lead({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <div class="verdict">
      <div>
        <Title>{title}</Title>
        <p class="lead">{children}</p>
      </div>
    </div>
  )
}

function NeverFound() {
  return (
    <>
      <Lead title="No check here ever found this">
        A fingerprint is of environment, kind, path and rule; where one of them changes it is another finding.{' '}
        <a href={pageAddress('findings')}>All findings of {workspace.value}</a>
      </Lead>
      <Panel id="h-why" title="Where a link to here may come from">
        <ul class="reasons">
          <li>
            <b>From a check elsewhere,</b> on a laptop or in CI, of files or snapshots that this server does not have.
            Once they are pushed and observed here, this page shows it.
          </li>
          <li>
            <b>From another workspace or server.</b> This is the workspace {workspace.value}.
          </li>
          <li>
            <b>From long ago.</b> What is resolved is forgotten once it is older than the workspace keeps.
          </li>
        </ul>
        <FirstSteps workspace={workspace.value} environment={environmentAsked.value} />
      </Panel>
    </>
  )
}
