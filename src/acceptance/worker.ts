// The thread in which schemas are compiled and run: a deadline can end it, whatever a regular expression does.

import { parentPort } from 'node:worker_threads'
import { serve } from '../engine/pool/serve.ts'
import { createJudge } from './judge.ts'

if (parentPort !== null) {
  const judge = createJudge()
  serve(parentPort, () => ({
    hello: 'acceptance',
    answer: (question) => JSON.stringify(judge(JSON.parse(question))),
    bytes: () => process.memoryUsage().heapUsed,
  }))
}
