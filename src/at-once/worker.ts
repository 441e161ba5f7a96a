// The thread in which small checks of a batch are answered: a deadline can end it.

import { getHeapStatistics } from 'node:v8'
import { parentPort } from 'node:worker_threads'
import { serve } from '../engine/pool/serve.ts'
import { createLineJudge } from './judge.ts'

if (parentPort !== null) {
  const answer = createLineJudge()
  serve(parentPort, () => ({ hello: 'at once', answer, bytes: () => getHeapStatistics().used_heap_size }))
}
