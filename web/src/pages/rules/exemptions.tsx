import { moment, pageAddress, workspace } from '../../address/lens.ts'
import { useAnswer } from '../../api/answer.ts'
import type { ExemptionsAt } from '../../api/operations.ts'
import { WhenAnswered } from '../../parts/answered.tsx'
import { Message } from '../../parts/message.tsx'
import { Panel } from '../../parts/panel.tsx'
import { PathText } from '../../parts/path-text.tsx'
import { Outcome } from '../../parts/shape.tsx'
import { now } from '../../parts/time.tsx'
import { type EndingExemption, Expiry } from './expiry.tsx'

type Exemption = ExemptionsAt['items'][number]
type Use = EndingExemption['use']

/** What is permitted nevertheless, by the day it ends, and whether it is needed. */
export function Exemptions({ environment }: { environment: string }) {
  const answer = useAnswer('listExemptions', {
    params: { workspace: workspace.value },
    query: { environment, at: moment.value },
  })
  const items = (answer.value?.items ?? []).toSorted((a, b) => (a.expires < b.expires ? -1 : 1))
  const today = moment.value === undefined ? now.value : Date.parse(moment.value)
  return (
    <Panel id="h-exemptions" title="Exemptions" flush aside={<span class="note">{summary(items, today)}</span>}>
      <WhenAnswered answer={answer}>
        {({ problems }) => (
          <>
            {items.length === 0 ? (
              <p class="pad dim none">None: every finding counts.</p>
            ) : (
              <>
                <Expiry exemptions={items.map((one) => ({ ...one, use: useOf(one) }))} today={today} />
                <Table items={items} />
              </>
            )}
            {problems.map(({ file, line, message }) => (
              <p key={`${file}:${line ?? ''} ${message}`} class="failure" role="alert">
                <span>
                  <b>Excuses nothing where it cannot be read:</b>{' '}
                  <code>{line === undefined ? file : `${file}:${line}`}</code> <Message text={message} />
                </span>
              </p>
            ))}
          </>
        )}
      </WhenAnswered>
    </Panel>
  )
}

function Table({ items }: { items: readonly Exemption[] }) {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="Exemptions, table">
      <table class="exs">
        <thead>
          <tr>
            <th scope="col">Exemption</th>
            <th scope="col">Rule</th>
            <th scope="col">Path</th>
            <th scope="col">Owner</th>
            <th scope="col">Reason</th>
            <th scope="col">Approved by</th>
            <th scope="col" class="r">
              Excuses
            </th>
            <th scope="col" class="r">
              Ends
            </th>
            <th scope="col">State</th>
          </tr>
        </thead>
        <tbody>
          {items.map((one) => (
            <Row key={`${one.id} ${one.file} ${one.line}`} of={one} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Row({ of }: { of: Exemption }) {
  const { id, rule, path, owner, reason, approvedBy, expires, excuses, flaws, ticket } = of
  const [only, ...others] = excuses
  const found =
    only === undefined
      ? undefined
      : others.length === 0
        ? pageAddress(`findings/${only.fingerprint}`)
        : pageAddress('findings', { rule: rule.includes('*') ? undefined : rule, path, outcome: 'exempted' })
  const use = useOf(of)
  return (
    <tr>
      <th scope="row">{ticket === undefined ? id : <a href={ticket}>{id}</a>}</th>
      <td>{rule}</td>
      <td>{path === '' ? 'everything' : <PathText at={path} />}</td>
      <td>{owner}</td>
      <td class="words">{reason}</td>
      <td>{approvedBy ?? <span class="zero">nobody said</span>}</td>
      <td class={found === undefined ? 'r num zero' : 'r num'}>
        {found === undefined ? 0 : <a href={found}>{excuses.length}</a>}
      </td>
      <td class="r num">{expires}</td>
      <td class="words">
        <Outcome of={markOf[use]}>{use}</Outcome>
        {flaws.map(({ message }) => (
          <small key={message}>
            <Message text={message} />
          </small>
        ))}
      </td>
    </tr>
  )
}

const markOf = { used: 'conforms', expired: 'violates', flawed: 'undecided', 'excuses nothing': 'undecided' } as const

function useOf({ state, flaws, excuses }: Exemption): Use {
  if (state === 'expired') return 'expired'
  if (excuses.length === 0) return 'excuses nothing'
  return flaws.length > 0 ? 'flawed' : 'used'
}

const soonMs = 14 * 24 * 60 * 60 * 1000

function summary(items: readonly Exemption[], today: number): string {
  const expired = items.filter(({ state }) => state === 'expired').length
  const soon = items.filter(({ state, expires }) => state === 'holds' && Date.parse(expires) - today < soonMs).length
  const idle = items.filter((one) => useOf(one) === 'excuses nothing').length
  const parts = [
    ...(expired === 0 ? [] : [`${expired} expired`]),
    ...(soon === 0 ? [] : [`${soon} end${soon === 1 ? 's' : ''} within 14 days`]),
    ...(idle === 0 ? [] : [`${idle} excuse${idle === 1 ? 's' : ''} nothing`]),
  ]
  return parts.join(', ')
}
