import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  clockTolerance,
  type Configuration,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
} from 'openid-client'
import type { Subject } from '../../../model/access.ts'
import type { Outgoing } from '../../../outgoing/outgoing.ts'
import { nameIn, scopesIn } from '../claims.ts'
import { type Believed, remembered } from '../remembered.ts'
import { begunSignIn, keptBy } from './begun-sign-in.ts'
import { cooldownMs, notBegun, notLetIn, unavailable } from './provider-faults.ts'
import { providerFetch } from './provider-fetch.ts'

/** Which identity provider people are sent to, and as whom this server asks it. */
export interface ProviderSettings {
  /** With `http:` only on loopback. */
  readonly issuer: URL
  readonly clientId: string
  readonly clientSecret: string
  /** The claim that holds scopes; absent: `congruent`, and `scope`. */
  readonly scopesClaim?: string
  /** How far its clock may be from ours. */
  readonly clockSkewSeconds: number
  /** Where it sends people back to. */
  readonly callback: URL
}

/** An identity provider that people sign in at (OpenID Connect, authorization code with PKCE). */
export interface Provider {
  /** Where a browser goes for that, and what it keeps meanwhile. Rejects with PROVIDER_UNAVAILABLE. */
  begin(to: string): Promise<{ readonly location: string; readonly kept: string }>
  /** Who came back, by the parameters of the address, and where to; `kept` of the browser. Rejects with UNAUTHENTICATED or PROVIDER_UNAVAILABLE. */
  finish(
    parameters: URLSearchParams,
    kept: string | undefined,
  ): Promise<{ readonly subject: Subject; readonly to: string }>
}

export interface ProviderOptions {
  readonly settings: ProviderSettings
  readonly outgoing: Pick<Outgoing, 'call'>
  readonly clock: () => Date
  /** 256 random bits in base64url. */
  readonly random: () => string
}

type Claims = Readonly<Record<string, unknown>>

const discoveredHoldMs = 60 * 60_000
const fetchTimeoutSeconds = 10

/** Asks a provider what it needs when somebody signs in, not before, so that a server starts without it. */
export function createProvider({ settings, outgoing, clock, random }: ProviderOptions): Provider {
  const now = (): number => clock().getTime()
  const configured = discoverer(settings, outgoing, now)
  return {
    begin: async (to) => {
      const configuration = await configured()
      const kept = keptBy(random(), to)
      const begun = begunSignIn(kept)
      if (begun === undefined) throw new TypeError('256 random bits in base64url are 43 characters')
      const { href } = buildAuthorizationUrl(configuration, {
        redirect_uri: settings.callback.href,
        scope: scopesFor(configuration, settings),
        state: begun.state,
        nonce: begun.nonce,
        code_challenge: await calculatePKCECodeChallenge(begun.verifier),
        code_challenge_method: 'S256',
      })
      return { location: href, kept }
    },
    finish: async (parameters, kept) => {
      const begun = kept === undefined ? undefined : begunSignIn(kept)
      if (begun === undefined) throw notBegun()
      const configuration = await configured()
      const address = new URL(settings.callback)
      address.search = parameters.toString()
      try {
        const answer = await authorizationCodeGrant(configuration, address, {
          expectedState: begun.state,
          expectedNonce: begun.nonce,
          pkceCodeVerifier: begun.verifier,
          idTokenExpected: true,
        })
        const claims: Claims = { ...answer.claims() }
        const name = nameIn(typeof claims['sub'] === 'string' ? claims['sub'] : '')
        const asked = settings.scopesClaim === undefined ? ['congruent', 'scope'] : [settings.scopesClaim]
        const said = asked.some((claim) => claims[claim] !== undefined)
          ? claims
          : await userInfo(configuration, answer.access_token, name)
        return { subject: { name, scopes: scopesIn(asked.map((claim) => said[claim])) }, to: begun.to }
      } catch (error) {
        throw notLetIn(error)
      }
    },
  }
}

/** What the provider publishes of itself: kept an hour, asked for once by all who wait for it, and after a failure not at once again. */
function discoverer(
  settings: ProviderSettings,
  outgoing: Pick<Outgoing, 'call'>,
  now: () => number,
): () => Promise<Configuration> {
  let failed: { readonly until: number; readonly error: unknown } | undefined
  const known = remembered(
    async (): Promise<Believed<Configuration>> => {
      if (failed !== undefined && now() < failed.until) throw failed.error
      try {
        const value = await discovered(settings, outgoing)
        return { value, until: now() + discoveredHoldMs }
      } catch (error) {
        const fault = unavailable(error)
        failed = { until: now() + cooldownMs, error: fault }
        throw fault
      }
    },
    { most: 1, now },
  )
  return async () => known('')
}

function discovered(
  { issuer, clientId, clientSecret, clockSkewSeconds }: ProviderSettings,
  outgoing: Pick<Outgoing, 'call'>,
): Promise<Configuration> {
  return discovery(issuer, clientId, { [clockTolerance]: clockSkewSeconds }, authentication(clientSecret), {
    [customFetch]: providerFetch(outgoing),
    timeout: fetchTimeoutSeconds,
    execute: [enableNonRepudiationChecks, ...(issuer.protocol === 'http:' ? [allowInsecureRequests] : [])],
  })
}

/** By the header, as every provider takes it unless it says otherwise; else in the body. */
function authentication(secret: string): ClientAuth {
  const [basic, post] = [ClientSecretBasic(secret), ClientSecretPost(secret)]
  return (server, ...rest) => {
    const methods = server.token_endpoint_auth_methods_supported
    const inBody = methods?.includes('client_secret_basic') === false && methods.includes('client_secret_post')
    return (inBody ? post : basic)(server, ...rest)
  }
}

/** Providers give some claims only to who asks for the scope of that name, and refuse scopes that they do not know. */
function scopesFor(configuration: Configuration, { scopesClaim = 'congruent' }: ProviderSettings): string {
  const known = configuration.serverMetadata().scopes_supported ?? []
  return ['openid', ...(known.includes(scopesClaim) ? [scopesClaim] : [])].join(' ')
}

async function userInfo(configuration: Configuration, accessToken: string, subject: string): Promise<Claims> {
  if (configuration.serverMetadata().userinfo_endpoint === undefined) return {}
  return fetchUserInfo(configuration, accessToken, subject)
}
