import { Fault } from '../errors.ts'
import { isAddress, specialKind, type Allowed } from './allowed.ts'

/** The addresses of a host, all of them. */
export type Resolve = (host: string) => Promise<readonly string[]>

/** Where a call goes: the very address that was judged. */
export interface Destination {
  readonly url: URL
  readonly address: string
}

/**
 * Judges an address before it is called. A name is resolved once; where any of its addresses may not be called, none is. Rejects with a
 * Fault ADDRESS_REFUSED, or SERVER_FAILED for a name that has no address.
 */
export async function judge(text: string, allowed: Allowed, resolve: Resolve): Promise<Destination> {
  const url = readUrl(text)
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
  const addresses = isAddress(host) ? [host] : await addressesOf(host, resolve)
  const [address] = addresses
  if (address === undefined) throw new Fault('SERVER_FAILED', `\`${host}\` has no address`)
  if (allowed.host(host)) return { url, address }
  for (const one of addresses) {
    const kind = specialKind(one)
    if (kind === undefined || allowed.address(one)) continue
    const which = one === host ? `\`${host}\`` : `\`${host}\` has the address \`${one}\`, which`
    throw new Fault(
      'ADDRESS_REFUSED',
      `${which} is no public address (${kind}): whoever runs the server can allow it with \`--allow-host\``,
    )
  }
  return { url, address }
}

function readUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:')
    throw new Fault('ADDRESS_REFUSED', `\`${text}\` cannot be called: expected an address with https:// or http://`)
  if (url.username !== '' || url.password !== '')
    throw new Fault('ADDRESS_REFUSED', `the address of \`${url.host}\` holds a user or a password: leave them out`)
  return url
}

async function addressesOf(host: string, resolve: Resolve): Promise<readonly string[]> {
  try {
    return await resolve(host)
  } catch (error) {
    throw new Fault('SERVER_FAILED', `\`${host}\` cannot be resolved`, { cause: error })
  }
}
