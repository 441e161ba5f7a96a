import { Fault } from '../../errors.ts'

/** Header fields as Node gives them: lower-case names. */
export type HeaderFields = Readonly<Record<string, string | readonly string[] | undefined>>

/** Whether an address to listen on can be reached from this machine alone. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[(.*)\]$/, '$1')
  return name === 'localhost' || name === '::1' || /^127(?:\.\d{1,3}){3}$/.test(name)
}

/**
 * A server without tokens serves this machine alone. A page of somebody else in a browser on this machine must not reach it either: it
 * gives itself away by its origin, or by a name of its own for the address (DNS rebinding). Neither must what a proxy passes on.
 */
export function requireOwnMachine(headers: HeaderFields, allowedOrigins: readonly string[]): void {
  const host = textOf(headers['host'])
  if (host === undefined || !isLoopback(withoutPort(host)))
    throw refused(
      `\`Host\` is ${host === undefined ? 'absent' : `\`${host}\``}; without tokens only \`localhost\` and loopback addresses are served`,
    )
  const passedOn = ['forwarded', 'x-forwarded-for', 'x-forwarded-host'].find((name) => headers[name] !== undefined)
  if (passedOn !== undefined)
    throw refused(`the request came through a proxy (\`${passedOn}\`); without tokens only this machine is served`)
  const origin = textOf(headers['origin'])
  if (origin !== undefined) {
    if (!allowedOrigins.includes(origin) && !isOriginOf(origin, host))
      throw refused(`\`Origin\` is \`${origin}\`; without tokens only pages of this server may ask it`)
    return
  }
  const site = textOf(headers['sec-fetch-site'])
  if (site !== undefined && site !== 'same-origin' && site !== 'none')
    throw refused('the request was made by a page of another site; without tokens only pages of this server may ask it')
}

function refused(found: string): Fault {
  return new Fault('FORBIDDEN', `${found}: make a token with \`congruent token create\` to be served from elsewhere`)
}

/** Whether an origin is that of a host, as a request names it. */
export function isOriginOf(origin: string, host: string): boolean {
  return ['http', 'https'].some((scheme) => origin.toLowerCase() === `${scheme}://${host.toLowerCase()}`)
}

function withoutPort(host: string): string {
  return host.replace(/:\d*$/, '')
}

function textOf(field: string | readonly string[] | undefined): string | undefined {
  return typeof field === 'string' || field === undefined ? field : field.join(', ')
}
