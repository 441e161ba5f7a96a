// The thread of one cue-wasm evaluator: answers the engine protocol as far as CUE v0.4.3 can.

import { parentPort } from 'node:worker_threads'
import { serve } from '../pool/serve.ts'
import { answer } from './answer.ts'
import type { Question } from './answer.ts'
import type { Evaluate } from './judge.ts'

if (parentPort !== null) {
  serve(parentPort, async () => {
    // Asked for as the module that it is: what it offers to `require` does not load.
    const { init } = await import('cue-wasm')
    const cue = await init()
    const evaluate: Evaluate = (text) => {
      try {
        return { json: cue.toJSON(text) }
      } catch (error) {
        // CUE's own words come as a string; anything else is the death of the evaluator.
        if (typeof error === 'string') return { error }
        throw error
      }
    }
    return {
      hello: 'cue-wasm',
      // Our own host wrote the request.
      answer: (text) => JSON.stringify(answer(JSON.parse(text) as Question, evaluate)),
      bytes: () => process.memoryUsage().external,
    }
  })
}
