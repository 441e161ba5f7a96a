import { setTimeout as wait } from 'node:timers/promises'
import type { Help } from '../../../evaluation/shares.ts'
import type { Jobs } from '../../../queue/queue.ts'
import type { StoredDependencies } from '../dependencies.ts'

/** Which check others may help with. */
export type HelpedCheck = Pick<Jobs['part'], 'workspace' | 'environment' | 'wanted'>

const lookMs = 50
/** What others get beside twice the time that our own share took: they may still be busy with something else. */
const patienceMs = 5000

/** Others who work on the same store, asked through the queue: each process that does jobs takes one share. */
export function helpThroughQueue(
  { queue, clock }: Pick<StoredDependencies, 'queue' | 'clock'>,
  check: HelpedCheck,
): Help {
  return {
    begin: async (mostShares) => {
      const of = Math.min(mostShares, 1 + (await orNothing(queue.lanesElsewhere('part'))))
      if (of < 2) return undefined
      const jobs = Array.from({ length: of - 1 }, (_, index) => ({ ...check, share: index + 1, of }))
      const begun = clock().getTime()
      await orNothing(queue.sendAll('part', jobs).then(() => 0))
      return {
        of,
        finished: async () => {
          const now = clock().getTime()
          const until = now + 2 * (now - begun) + patienceMs
          while (clock().getTime() < until && (await orNothing(queue.left('part', jobs))) > 0) await wait(lookMs)
        },
      }
    },
  }
}

/** Without an answer of the queue nobody helps; what a check needs is asked for elsewhere. */
async function orNothing(count: Promise<number>): Promise<number> {
  try {
    return await count
  } catch {
    return 0
  }
}
