// The thread of one engine instance: gets the compiled module, answers requests until it dies.

import { parentPort } from 'node:worker_threads'
import type { Death } from '../pool/messages.ts'
import { crashed } from '../pool/runner.ts'
import { serve } from '../pool/serve.ts'
import { InstanceDied } from './instance.ts'
import { startResponder } from './responder.ts'

function diagnose(error: unknown): Death {
  if (!(error instanceof InstanceDied)) return crashed(error)
  const output = error.output === '' ? {} : { output: error.output }
  if (error.reason === 'memory') return { kind: 'memory', detail: 'the engine ran out of memory', ...output }
  return { kind: 'crashed', detail: `the engine stopped: ${error.message}`, ...output }
}

if (parentPort !== null) serve(parentPort, startResponder, diagnose)
