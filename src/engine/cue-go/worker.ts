// The thread of one engine instance: gets the compiled module, answers requests until it dies.

import { parentPort } from 'node:worker_threads'
import type { Death } from '../pool/messages.ts'
import { crashed } from '../pool/runner.ts'
import { serve } from '../pool/serve.ts'
import { Instance, InstanceDied } from './instance.ts'
import { rehearsal } from './rehearsal.ts'

const chunk = 65_536 // most that getRandomValues fills at a time

function fillRandom(bytes: Uint8Array): void {
  for (let i = 0; i < bytes.length; i += chunk) crypto.getRandomValues(bytes.subarray(i, i + chunk))
}

function diagnose(error: unknown): Death {
  if (!(error instanceof InstanceDied)) return crashed(error)
  const output = error.output === '' ? {} : { output: error.output }
  if (error.reason === 'memory') return { kind: 'memory', detail: 'the engine ran out of memory', ...output }
  return { kind: 'crashed', detail: `the engine stopped: ${error.message}`, ...output }
}

if (parentPort !== null) {
  serve(
    parentPort,
    (module) => {
      if (!(module instanceof WebAssembly.Module)) throw new TypeError('the worker was started without a module')
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
    },
    diagnose,
  )
}
