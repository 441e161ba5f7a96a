import type { Responder } from '../pool/serve.ts'
import { Instance } from './instance.ts'
import { rehearsal } from './rehearsal.ts'

const chunk = 65_536 // most that getRandomValues fills at a time

function fillRandom(bytes: Uint8Array): void {
  for (let i = 0; i < bytes.length; i += chunk) crypto.getRandomValues(bytes.subarray(i, i + chunk))
}

/** Starts the engine in this thread. Throws if the value is no module of it. */
export function startResponder(module: unknown): Responder {
  if (!(module instanceof WebAssembly.Module)) throw new TypeError('the engine was started without a module')
  const instance = new Instance(module, {
    wallClock: () => BigInt(Date.now()) * 1_000_000n,
    monotonicClock: () => process.hrtime.bigint(),
    fillRandom,
  })
  return {
    hello: instance.call('{"op":"identity"}'),
    answer: (request) => instance.call(request),
    bytes: () => instance.bytes,
    rehearse: () => void instance.call(JSON.stringify(rehearsal)),
  }
}
