import type { Problem } from '../../../api/ask.ts'
import { WhoGrants } from '../../../parts/answered.tsx'
import { signInAddress } from '../../../session/sign-in-address.ts'
import type { ActOutcome } from './act.ts'

/** What came of it, where it was done. */
export function Outcome({ of: { done, refused, problem } }: { of: ActOutcome }) {
  return (
    <>
      <p class="done" role="status">
        {done}
      </p>
      <div class="refusal" role="alert">
        {refused}
        {problem === undefined ? null : problem.status === 401 ? (
          <>
            Nothing was sent, as you are not signed in any more. <a href={signInAddress('ended')}>Sign in again</a>:
            what you wrote is still here then.
          </>
        ) : problem.code === 'UNREACHABLE' ? (
          <>
            No answer came, so nobody can say whether it arrived; what you wrote is still here. To do it again is safe.{' '}
            <code>{problem.code}</code>
          </>
        ) : (
          <>
            {isUnsure(problem) ? 'It is not known whether that was done' : 'Nothing has changed'}: {problem.message}{' '}
            <code>{problem.code}</code>
            {isUnsure(problem) ? (
              <small>What you wrote is still here; look at the page again before you repeat it.</small>
            ) : null}
            {problem.scope === undefined ? null : <WhoGrants scope={problem.scope} />}
          </>
        )}
      </div>
    </>
  )
}

/** Whether a request may have reached the server although no answer of it came back. */
function isUnsure({ status }: Problem): boolean {
  return status === 0 || status === 502 || status === 504
}
