import type { TargetedSubmitEvent } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { go, parameter, root } from '../../address/address.ts'
import { useAnswer } from '../../api/answer.ts'
import { Problem } from '../../api/ask.ts'
import { WhenAnswered } from '../../parts/answered.tsx'
import { Title } from '../../parts/panel.tsx'
import { signIn } from '../../session/session.ts'
import { addressBack } from '../../session/sign-in-address.ts'
import './sign-in.css'

/** Where one says who one is: why, in which ways, and back to where one came from. */
export function SignIn() {
  const answer = useAnswer('getWaysIn', { params: {} })
  return (
    <div class="sign-in">
      <Title>Sign in</Title>
      <p class="lead">{whyWords()}</p>
      <WhenAnswered answer={answer}>
        {({ ways }) => (
          <>
            {ways.length === 0 ? (
              <p>
                This server asks nobody who they are: whoever is on its machine may do everything.{' '}
                <a href={addressBack()}>Go on without signing in</a>
              </p>
            ) : null}
            {ways.includes('provider') ? (
              <a class="button primary" href={providerAddress()} target="_self">
                Sign in with your organisation
              </a>
            ) : null}
            {ways.includes('provider') && ways.includes('token') ? <p class="dim">or by a token</p> : null}
            {ways.includes('token') ? <ByToken /> : null}
          </>
        )}
      </WhenAnswered>
    </div>
  )
}

function ByToken() {
  const field = useRef<HTMLInputElement>(null)
  const [said, setSaid] = useState<string>()
  const [isAsking, setAsking] = useState(false)
  useEffect(() => {
    if (said !== undefined) field.current?.focus()
  }, [said])
  const submit = async (event: TargetedSubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault()
    const token = field.current?.value.trim() ?? ''
    setSaid(undefined)
    if (token === '') return setSaid('The field is empty: paste a token.')
    setAsking(true)
    try {
      await signIn(token)
      go(addressBack(), { replace: true })
    } catch (error) {
      setSaid(refusalWords(error))
      setAsking(false)
    }
  }
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <label for="token">Token</label>
      <input
        id="token"
        name="token"
        type="password"
        ref={field}
        autocomplete="current-password"
        autocapitalize="off"
        spellcheck={false}
        maxLength={32_000}
        aria-describedby="token-hint token-said"
        aria-invalid={said !== undefined}
      />
      <p id="token-hint" class="note">
        Whoever runs this server makes one: <code>congruent token create NAME --scope read:WORKSPACE</code>. The page
        does not keep it.
      </p>
      <p id="token-said" class="refusal" role="alert">
        {said}
      </p>
      <button class="primary" aria-disabled={isAsking}>
        Sign in
      </button>
    </form>
  )
}

function whyWords(): string {
  const why = parameter('why')
  if (why === 'out') return 'You have signed out.'
  if (why === 'ended')
    return 'Your session has ended. You come back to where you were, and what you typed is still there.'
  return parameter('to') === undefined
    ? 'This server shows what it knows to those whom it knows.'
    : 'This server wants to know who asks. You come to what you wanted to see at once.'
}

function refusalWords(error: unknown): string {
  if (!(error instanceof Problem)) return String(error)
  const what = error.status === 401 ? 'The server does not know this token' : 'You are not signed in'
  return `${what}: ${error.message}.`
}

/** The server sends one on to the provider, and from there back. */
function providerAddress(): string {
  const address = new URL('v1/session/oidc', root)
  address.searchParams.set('to', addressBack())
  return `${address.pathname}${address.search}`
}
