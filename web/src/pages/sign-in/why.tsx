import { parameter } from '../../address/address.ts'

/** Why one is here, in words. */
export function whyWords(): string {
  const why = parameter('why')
  if (why === 'out') return 'You have signed out.'
  if (why === 'ended')
    return 'Your session has ended. You come back to where you were, and what you typed is still there.'
  return parameter('to') === undefined
    ? 'This server shows what it knows to those whom it knows.'
    : 'This server wants to know who asks. You come to what you wanted to see at once.'
}

// The address says which of these it is and nothing more, so that nobody else's words stand on this page.
const ofProvider = new Map([
  ['denied', 'Your organisation did not let you in. Ask whoever runs its sign-in, or use a token.'],
  ['late', 'That took too long, or was begun in another browser. Begin again.'],
  ['invalid', 'What came back from your organisation cannot be trusted. Begin again.'],
  ['unavailable', 'Your organisation’s sign-in cannot be used now. Try again in a moment, or sign in by a token.'],
  ['failed', 'That did not lead to your organisation. Begin again, or sign in by a token.'],
])

/** What became of signing in at the identity provider, where that failed; who runs the server finds it in its log. */
export function FromProvider() {
  const said = ofProvider.get(parameter('why') ?? '')
  if (said === undefined) return null
  const request = parameter('request') ?? ''
  return (
    <p class="refusal" role="alert">
      <b>You are not signed in.</b> {said}
      {/^[\w.-]{1,64}$/.test(request) ? (
        <small>
          If it stays so, tell who runs this server: request <code>{request}</code>
        </small>
      ) : null}
    </p>
  )
}
