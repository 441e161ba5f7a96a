import { clockTime } from '../parts/time.tsx'
import { signedOut } from '../session/reader.ts'
import { signInAddress } from '../session/sign-in-address.ts'

/** That the session has ended, said calmly: what stands on the page stays until one has signed in again. */
export function SignedOutLine() {
  const out = signedOut.value
  return (
    <div class="news" role="status">
      {out === undefined ? null : (
        <p>
          You are signed out since {clockTime(out.since)} UTC. What you see and typed stays.{' '}
          <a class="link" href={signInAddress('ended')}>
            Sign in again
          </a>
        </p>
      )}
    </div>
  )
}
