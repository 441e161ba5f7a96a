import { moment } from '../address/lens.ts'
import { fullTime } from '../parts/time.tsx'
import { environment, isFirstLook, verdicts } from './workspace.ts'

/** Says where what is shown is not what was observed last: the first check is still being made, or the newest one could not be. */
export function CheckLine() {
  const now = verdicts.value?.environments.find(({ name }) => name === environment.value)
  if (now === undefined || moment.value !== undefined) return null
  const { name, fault, checkedAt } = now
  if (isFirstLook(now))
    return (
      <div class="news" role="status">
        <p>
          {name} is being checked for the first time since something was observed. What is found is shown here by
          itself; a large state may take minutes.
        </p>
      </div>
    )
  if (fault === undefined) return null
  return (
    <div class="failure on-top" role="alert">
      <p>
        <b>The newest check of {name} could not be made:</b> {fault.message} <code>{fault.code}</code>{' '}
        {checkedAt === undefined ? null : <small>What is shown was found before {fullTime(checkedAt)}.</small>}
      </p>
    </div>
  )
}
