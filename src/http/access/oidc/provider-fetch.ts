import type { CustomFetch } from 'openid-client'
import type { Outgoing } from '../../../outgoing/outgoing.ts'

/** Asks a provider as every call leaves the server: a judged address, never along a redirect, bounded. */
export function providerFetch({ call }: Pick<Outgoing, 'call'>): CustomFetch {
  return async (url, { method, headers, body, signal }) => {
    if (body !== undefined && body !== null && typeof body !== 'string' && !(body instanceof URLSearchParams))
      throw new TypeError('only texts are sent to a provider')
    const answer = await call({
      method: method === 'POST' ? 'POST' : 'GET',
      url,
      headers,
      ...(body === undefined || body === null ? {} : { body: String(body) }),
      ...(signal === undefined ? {} : { signal }),
    })
    const type = answer.headers['content-type']
    const withBody = ![204, 205, 304].includes(answer.status)
    return new Response(withBody ? new Uint8Array(answer.body) : null, {
      status: answer.status,
      headers: typeof type === 'string' ? { 'content-type': type } : {},
    })
  }
}
