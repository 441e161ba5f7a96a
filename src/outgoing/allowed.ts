import ipaddr from 'ipaddr.js'
import { Fault } from '../errors.ts'

type Address = ipaddr.IPv4 | ipaddr.IPv6

/** Which hosts and addresses may be called although they are not public. */
export interface Allowed {
  host(name: string): boolean
  address(text: string): boolean
}

const hostPattern = /^(\*\.)?[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?$/

/** Reads patterns: a host, `*.` and a domain for all hosts below it, an address, or a block of addresses (`10.0.0.0/8`). */
export function readAllowed(patterns: readonly string[]): Allowed {
  const hosts: string[] = []
  const blocks: [Address, number][] = []
  for (const pattern of patterns) {
    const text = pattern.trim().toLowerCase()
    if (ipaddr.isValidCIDR(text)) blocks.push(ipaddr.parseCIDR(text))
    else if (ipaddr.isValid(text)) {
      const address = ipaddr.process(text)
      blocks.push([address, address.kind() === 'ipv4' ? 32 : 128])
    } else if (hostPattern.test(text)) hosts.push(text)
    else
      throw new Fault(
        'CONFIGURATION_INVALID',
        `\`${pattern}\` names no host that may be called: expected a host, \`*.\` and a domain, an address, or a block such as \`10.0.0.0/8\``,
      )
  }
  return {
    host: (name) => {
      const host = name.toLowerCase().replace(/\.$/, '')
      return hosts.some((pattern) =>
        pattern.startsWith('*.') ? host.endsWith(pattern.slice(1)) && host.length >= pattern.length : host === pattern,
      )
    },
    address: (text) => {
      const address = ipaddr.process(text)
      return blocks.some(([block, bits]) => block.kind() === address.kind() && address.match(block, bits))
    },
  }
}

/** What kind of address it is that is not for everybody: `loopback`, `private`, …; undefined: a public one. */
export function specialKind(text: string): string | undefined {
  const address = ipaddr.process(text)
  const range = address.range()
  if (range !== 'unicast') return range
  return address.kind() === 'ipv4' || address.match(globalUnicast) ? undefined : 'reserved'
}

/** All that IPv6 has given away to networks so far. */
const globalUnicast = ipaddr.parseCIDR('2000::/3')

/** Whether a text is an address, not a name. */
export function isAddress(text: string): boolean {
  return ipaddr.isValid(text)
}
