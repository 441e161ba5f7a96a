import { moment } from '../../address/lens.ts'
import type { FindingHistory } from '../../api/operations.ts'
import { Message } from '../../parts/message.tsx'
import { fullTime } from '../../parts/time.tsx'
import { valueText } from '../../parts/value.ts'

/** What is wrong, in a sentence that could be read aloud. */
export function Sentence({ finding }: { finding: FindingHistory }) {
  const { kind, rule, wanted, message, resolved, observations, exempted } = finding
  const values = [...new Set(observations.filter((one) => 'value' in one).map(({ value }) => valueText(value)))]
  const isOne = values.length === 1 && wanted !== undefined
  const isPast = resolved !== undefined || moment.value !== undefined
  return (
    <p class="lead">
      {moment.value === undefined ? null : <>As it was known at {fullTime(moment.value)}: </>}
      {resolved === undefined ? null : <b>No longer found since {fullTime(resolved)}. </b>}
      {kind === 'contested' ? <b>Nobody {isPast ? 'was' : 'is'} right yet. </b> : null}
      {kind === 'conflict' ? <b>No snapshot {isPast ? 'could' : 'can'} ever conform. </b> : null}
      {kind === 'mismatch' && isOne ? (
        <>
          <b>
            It {isPast ? 'was' : 'is'} <code>{values[0]}</code>.
          </b>{' '}
          {rule.id} {isPast ? 'wanted' : 'wants'} <code>{wanted}</code>.
        </>
      ) : kind === 'missing' && wanted !== undefined ? (
        <>
          <b>It {isPast ? 'was' : 'is'} not there.</b> {rule.id} {isPast ? 'wanted' : 'wants'} <code>{wanted}</code>.
        </>
      ) : (
        <Message text={message} />
      )}
      {exempted === undefined ? null : (
        <>
          {' '}
          <b>{exempted.id}</b> {isPast ? 'excused' : 'excuses'} it until {exempted.expires}.
        </>
      )}
    </p>
  )
}
