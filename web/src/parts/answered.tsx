import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { Answered } from '../api/answer.ts'
import type { Problem } from '../api/ask.ts'
import { reader } from '../session/reader.ts'
import { signInAddress } from '../session/sign-in-address.ts'

/** Shows an answer; while there is none, that it is on its way; and a fault in the place of what failed only, so that the rest of the page stays. */
export function WhenAnswered<T>({
  answer,
  children,
}: {
  answer: Answered<T>
  children: (value: T) => ComponentChildren
}) {
  const { value, problem, again, waiting } = answer
  return (
    <>
      {problem === undefined ? null : <Failure problem={problem} again={again} kept={value !== undefined} />}
      {value === undefined ? (
        problem === undefined ? (
          <Skeleton />
        ) : null
      ) : (
        <>
          {waiting ? <Slow /> : null}
          <div class={waiting ? 'older' : ''} aria-busy={waiting}>
            {children(value)}
          </div>
        </>
      )}
    </>
  )
}

/** What went wrong, what it is called, and what to do. */
export function Failure({ problem, again, kept }: { problem: Problem; again: () => void; kept: boolean }) {
  const { code, message, request, scope, status, retryAfter } = problem
  // The line on top says so.
  if (status === 401 && kept) return null
  if (status === 401)
    return (
      <p class="dim" role="status">
        This is shown once you have signed in: <a href={signInAddress('ended')}>sign in</a>
      </p>
    )
  return (
    <div class="failure" role="alert">
      <p>
        <b>{hintOf(problem)}</b> {message} <code>{code}</code>
        {request === undefined ? null : <small>request {request}</small>}
        {retryAfter === undefined ? null : <small>It is worth trying again in {retryAfter} s.</small>}
        {scope === undefined ? null : <WhoGrants scope={scope} />}
        {kept ? <small>What follows is the last answer.</small> : null}
      </p>
      <button type="button" onClick={again}>
        Try again
      </button>
    </div>
  )
}

/** What one has instead of what is missing, and who gives that. */
export function WhoGrants({ scope }: { scope: string }) {
  const { scopes } = reader.value ?? {}
  return (
    <small>
      {scopes === undefined ? null : (
        <>
          You have{' '}
          {scopes.length === 0
            ? 'no scope yet'
            : scopes.map((one, index) => [index === 0 ? '' : ', ', <code key={one}>{one}</code>])}
          .{' '}
        </>
      )}
      Whoever has the scope <code>admin:*</code> on this server grants it:{' '}
      <code>congruent token create NAME --scope {scope}</code>
    </small>
  )
}

function hintOf({ status }: Problem): string {
  if (status === 0) return 'No answer:'
  if (status === 403) return 'Not allowed:'
  if (status === 404) return 'Not there:'
  return status >= 500 ? 'The server could not answer:' : 'The server refused:'
}

/** That something is on its way; shown only after a moment, so that quick answers do not flicker. */
export function Skeleton() {
  return (
    <div class="skeleton" role="status">
      <span class="sr">Loading</span>
      <i />
      <i />
      <i />
      <Slow />
    </div>
  )
}

const slowMs = 5000

/** After a while, that it takes longer than it should. */
function Slow() {
  const [isSlow, setSlow] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), slowMs)
    return () => clearTimeout(timer)
  }, [])
  return isSlow ? (
    <p class="slow" role="status">
      This takes longer than usual; the answer is still waited for.
    </p>
  ) : null
}
