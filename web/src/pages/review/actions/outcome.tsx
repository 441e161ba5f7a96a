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
        ) : (
          <>
            Nothing has changed: {problem.message} <code>{problem.code}</code>
            {problem.scope === undefined ? null : <WhoGrants scope={problem.scope} />}
          </>
        )}
      </div>
    </>
  )
}
