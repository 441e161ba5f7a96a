import type { TargetedSubmitEvent } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { go, root } from '../../address/address.ts'
import { useAnswer } from '../../api/answer.ts'
import { Problem } from '../../api/ask.ts'
import { WhenAnswered } from '../../parts/answered.tsx'
import { Title } from '../../parts/panel.tsx'
import { signIn } from '../../session/session.ts'
import { addressBack } from '../../session/sign-in-address.ts'
import { FromProvider, whyWords } from './why.tsx'
import './sign-in.css'

/** Where one says who one is: why, in which ways, and back to where one came from. */
export function SignIn() {
  const answer = useAnswer('getWaysIn', { params: {} })
  return (
    <div class="sign-in">
      <Title>Sign in</Title>
      <p class="lead">{whyWords()}</p>
      <FromProvider />
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

function refusalWords(error: unknown): string {
  if (!(error instanceof Problem)) return String(error)
  const what = error.status === 401 ? 'The server does not know this token' : 'You are not signed in'
  return `${what}: ${error.message}.`
}

/** What a browser keeps while it is at the provider is bounded. */
const longestBack = 2000

/** The server sends one on to the provider, and from there back; of too long an address, to its page. */
function providerAddress(): string {
  const address = new URL('v1/session/oidc', root)
  const back = addressBack()
  address.searchParams.set('to', back.length > longestBack ? (back.split('?', 1)[0] ?? '') : back)
  return `${address.pathname}${address.search}`
}
