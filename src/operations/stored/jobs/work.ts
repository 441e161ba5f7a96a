import { makeCheck } from '../checks/make-check.ts'
import type { StoredDependencies } from '../dependencies.ts'
import { deliver } from '../webhooks/deliver.ts'
import { sendDue } from './send-due.ts'
import { workOutShare } from './work-out-share.ts'

export interface WorkOptions {
  /** How many checks are made at a time. */
  readonly lanes: number
  /** Told of what went wrong where nobody waits for it. */
  readonly troubled: (error: unknown) => void
}

/** Milliseconds between two looks for checks that are due. */
const lookMs = 15_000
const deliveries = 4

/** Does jobs of every kind, until the answer is called: that waits for those in work. */
export async function work(
  dependencies: StoredDependencies,
  { lanes, troubled }: WorkOptions,
): Promise<() => Promise<void>> {
  const { queue } = dependencies
  const stops = [
    await queue.work('check', lanes, async (job, signal) => {
      await makeCheck(dependencies, { ...job, signal })
    }),
    // One share at a time: it has every engine of this process.
    await queue.work('part', 1, (job, signal) => workOutShare(dependencies, job, signal)),
    await queue.work('webhook', deliveries, (job, signal) => deliver(dependencies, job, signal)),
  ]
  const look = async (): Promise<void> => {
    try {
      await sendDue(dependencies)
    } catch (error) {
      troubled(error)
    }
  }
  await look()
  const timer = setInterval(() => void look(), lookMs)
  return async () => {
    clearInterval(timer)
    await Promise.all(stops.map((stop) => stop()))
  }
}
