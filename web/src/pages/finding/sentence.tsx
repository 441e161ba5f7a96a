import type { FindingHistory } from '../../api/operations.ts'
import { fullTime } from '../../parts/time.tsx'
import { valueText } from '../../parts/value.ts'

/** What is wrong, in a sentence that could be read aloud. */
export function Sentence({ finding }: { finding: FindingHistory }) {
  const { kind, rule, wanted, message, resolved, observations } = finding
  const values = [...new Set(observations.filter((one) => 'value' in one).map(({ value }) => valueText(value)))]
  const isOne = values.length === 1 && wanted !== undefined
  return (
    <p class="lead">
      {resolved === undefined ? null : <b>No longer found since {fullTime(resolved)}. </b>}
      {kind === 'contested' ? <b>Nobody is right yet. </b> : null}
      {kind === 'conflict' ? <b>No snapshot can ever conform. </b> : null}
      {kind === 'mismatch' && isOne ? (
        <>
          <b>
            It {resolved === undefined ? 'is' : 'was'} <code>{values[0]}</code>.
          </b>{' '}
          {rule.id} wants <code>{wanted}</code>.
        </>
      ) : kind === 'missing' && wanted !== undefined ? (
        <>
          <b>It {resolved === undefined ? 'is' : 'was'} not there.</b> {rule.id} wants <code>{wanted}</code>.
        </>
      ) : (
        message
      )}
    </p>
  )
}
