import type { HeaderFields } from './loopback.ts'

/** A cookie that no script reads. */
export interface Cookie {
  /** Its value in a request; undefined where it did not come. */
  read(headers: HeaderFields): string | undefined
  /** The field `Set-Cookie` that has a browser keep it for so many seconds. */
  keep(value: string, seconds: number): string
  /** The one that has it forgotten. */
  readonly forget: string
}

/**
 * The cookie of a name. Where browsers reach the server over TLS only (`secure`) its name begins so that they take it from this host and
 * nobody else. `Strict` is sent with what our own pages ask, and with nothing that another site begins.
 */
export function createCookie(
  name: string,
  { secure, sameSite }: { readonly secure: boolean; readonly sameSite: 'Strict' | 'Lax' },
): Cookie {
  const full = secure ? `__Host-${name}` : name
  const attributes = `Path=/; HttpOnly; SameSite=${sameSite}${secure ? '; Secure' : ''}`
  return {
    read: ({ cookie }) => {
      if (typeof cookie !== 'string') return undefined
      for (const pair of cookie.split(';')) {
        const [key, value] = pair.trim().split('=', 2)
        if (key === full && value !== undefined && /^[\w~.-]+$/.test(value)) return value
      }
      return undefined
    },
    keep: (value, seconds) => `${full}=${value}; ${attributes}; Max-Age=${Math.max(0, Math.floor(seconds))}`,
    forget: `${full}=; ${attributes}; Max-Age=0`,
  }
}
