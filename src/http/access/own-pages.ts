import { timingSafeEqual } from 'node:crypto'
import { Fault } from '../../errors.ts'
import { type HeaderFields, isOriginOf } from './loopback.ts'

/** The field by which a page of ours shows that it asked the server, and no other page did through the reader's browser. */
const csrfHeader = 'x-congruent-csrf'

/**
 * Refuses what a page of another origin makes a browser send. A browser says itself how the page stands to us, whatever a proxy makes of
 * our name; older ones only say the page's origin, which must be the host that was asked, or `pages`. Throws FORBIDDEN.
 */
export function requireOwnPage(headers: HeaderFields, pages: string | undefined): void {
  const { origin, host, 'sec-fetch-site': site } = headers
  if (typeof site === 'string') {
    if (site === 'same-origin' || site === 'none') return
    throw new Fault(
      'FORBIDDEN',
      'the request was made by a page of another site; only pages of this server may use its sessions',
    )
  }
  if (typeof origin !== 'string') return
  if (typeof host === 'string' && isOriginOf(origin, host)) return
  if (pages !== undefined && URL.canParse(pages) && new URL(pages).origin === origin) return
  throw new Fault(
    'FORBIDDEN',
    `\`Origin\` is \`${origin}\`, and the server does not know it as its own: behind a proxy, name where people see the pages with \`serve --base-url\``,
  )
}

/** Refuses what comes with a cookie alone. Throws FORBIDDEN. */
export function requireCsrf(headers: HeaderFields, expected: string): void {
  const given = headers[csrfHeader]
  const [a, b] = [Buffer.from(typeof given === 'string' ? given : ''), Buffer.from(expected)]
  if (a.length === b.length && timingSafeEqual(a, b)) return
  throw new Fault(
    'FORBIDDEN',
    'a session changes nothing by its cookie alone: send the header `X-Congruent-CSRF` with the `csrf` of `GET /v1/me`',
  )
}
