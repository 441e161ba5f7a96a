import type { Queue } from '../../src/queue/queue.ts'

/** A queue in which nothing is ever done. */
export const idleQueue: Queue = {
  send: async () => undefined,
  sendAll: async () => undefined,
  work: async () => async () => undefined,
  waiting: async () => ({ check: 0, part: 0, webhook: 0 }),
  left: async () => 0,
  lanesElsewhere: async () => 0,
  close: async () => undefined,
}
