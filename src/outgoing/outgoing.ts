import { lookup } from 'node:dns/promises'
import { Fault } from '../errors.ts'
import { readAllowed } from './allowed.ts'
import { exchange, type OutgoingAnswer, type OutgoingRequest } from './exchange.ts'
import { judge, type Resolve } from './destination.ts'

export type { OutgoingAnswer, OutgoingRequest }

export interface OutgoingOptions {
  /** Hosts, `*.` domains, addresses and blocks of addresses that may be called although they are loopback, private or special otherwise. */
  readonly allow?: readonly string[]
  /** Default: as the system resolves names. */
  readonly resolve?: Resolve
  /** Milliseconds that a call may take in all; default 10,000. */
  readonly timeoutMs?: number
  /** Bytes of an answer's body; default 1 MiB. */
  readonly mostBytes?: number
}

/** Calls that leave the server: only over HTTP, only to addresses that may be called, never along a redirect, bounded in time and size. */
export interface Outgoing {
  /** Rejects with a Fault ADDRESS_REFUSED where an address may not be called, as it is known now. */
  judge(url: string): Promise<void>
  /** Rejects with ADDRESS_REFUSED, or with SERVER_FAILED where no whole answer came. */
  call(request: OutgoingRequest): Promise<OutgoingAnswer>
}

/** Makes calls; a pattern in `allow` that cannot be read is a Fault CONFIGURATION_INVALID. */
export function createOutgoing({
  allow = [],
  resolve = systemResolve,
  timeoutMs = 10_000,
  mostBytes = 1024 * 1024,
}: OutgoingOptions = {}): Outgoing {
  const allowed = readAllowed(allow)
  return {
    judge: async (url) => {
      try {
        await judge(url, allowed, resolve)
      } catch (error) {
        if (!(error instanceof Fault) || error.code !== 'SERVER_FAILED') throw error
        // Nothing was called: a name that leads nowhere is the matter of whoever gave it.
        throw new Fault('ADDRESS_REFUSED', error.message, { cause: error })
      }
    },
    call: async (request) => {
      const time = AbortSignal.timeout(timeoutMs)
      const signal = request.signal === undefined ? time : AbortSignal.any([time, request.signal])
      const destination = await judge(request.url, allowed, (host) => unless(signal, resolve(host)))
      return exchange(destination, request, { signal, mostBytes })
    },
  }
}

async function systemResolve(host: string): Promise<readonly string[]> {
  const addresses = await lookup(host, { all: true })
  return addresses.map(({ address }) => address)
}

/** The answer of work that cannot be ended, unless the signal comes first. */
function unless<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const ended = (): void => reject(signal.reason)
    signal.addEventListener('abort', ended, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', ended))
  })
}
