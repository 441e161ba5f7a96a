import type { HeaderFields } from './loopback.ts'
import { cameOverTls } from './over-tls.ts'

/** A cookie that no script reads. */
export interface Cookie {
  /** Its value in a request; undefined where it did not come. */
  read(headers: HeaderFields): string | undefined
  /** The field `Set-Cookie` that has the browser of a request keep it for so many seconds. */
  keep(value: string, seconds: number, headers: HeaderFields): string
  /** The one that has it forgotten. */
  forget(headers: HeaderFields): string
}

export interface CookieOptions {
  /** Browsers reach the server over TLS only; otherwise each request tells. */
  readonly secure: boolean
  /** `Strict` is sent with what our own pages ask, and with nothing that another site begins. */
  readonly sameSite: 'Strict' | 'Lax'
  /** Where people see the pages: below their path it is sent, and nowhere else of that host. Absent: everywhere. */
  readonly pages?: string
}

/**
 * The cookie of a name. Over TLS its name begins so that browsers take it over TLS only, and, where we have the whole host, from this host
 * and nobody else; such a one is believed however it comes, and where TLS is known no other.
 */
export function createCookie(name: string, { secure, sameSite, pages }: CookieOptions): Cookie {
  const path = pages !== undefined && URL.canParse(pages) ? new URL(pages).pathname : '/'
  const guarded = `${path === '/' ? '__Host' : '__Secure'}-${name}`
  const isOverTls = (headers: HeaderFields): boolean => secure || cameOverTls(headers)
  const set = (value: string, seconds: number, isGuarded: boolean): string => {
    const [full, more] = isGuarded ? [guarded, '; Secure'] : [name, '']
    return `${full}=${value}; Path=${path}; HttpOnly; SameSite=${sameSite}${more}; Max-Age=${Math.max(0, Math.floor(seconds))}`
  }
  return {
    read: (headers) => valueIn(headers, guarded) ?? (isOverTls(headers) ? undefined : valueIn(headers, name)),
    // A page that came over TLS shows that as well, where no proxy does.
    keep: (value, seconds, headers) =>
      set(value, seconds, isOverTls(headers) || String(headers['origin']).startsWith('https://')),
    forget: (headers) => set('', 0, isOverTls(headers) || valueIn(headers, guarded) !== undefined),
  }
}

function valueIn({ cookie }: HeaderFields, name: string): string | undefined {
  if (typeof cookie !== 'string') return undefined
  for (const pair of cookie.split(';')) {
    const [key, value] = pair.trim().split('=', 2)
    if (key === name && value !== undefined && /^[\w~.-]+$/.test(value)) return value
  }
  return undefined
}
