import type { Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import type { Answering } from './channel.ts'
import { frontScript, startFront, type FrontProcess } from './front-process.ts'
import type { ServerAnswers } from './words.ts'

/** What fronts are made of. */
export interface FrontsOptions {
  readonly size: number
  readonly answering: Omit<Answering<ServerAnswers>, 'ready'>
  /** Told where one ended that was not to. */
  readonly lost: () => void
  readonly script?: URL
}

/** Processes that stand before a server. One that ends is replaced. */
export interface Fronts {
  /** Resolves once one of them takes connections. */
  ready(): Promise<void>
  /** Gives a connection to one of them, in turn; or to the first that is there. */
  take(client: Socket): void
  /** Has all of them believe nothing more of what was known of workspaces before a change; resolves once none does. */
  forget(workspaces: readonly string[], change: number): Promise<void>
  /** Has all of them tell what they answered. */
  tell(): Promise<void>
  /** Has them take nothing more on, and end connections once what is in work is answered. */
  end(): Promise<void>
  /** Ends them. */
  close(): Promise<void>
  readonly count: number
}

/** After this time a front believes nothing any more that it was told before. */
const believedMs = 1000
/** One that does not answer for so long is replaced. */
const deadMs = 10_000
const tellMs = 1000
/** One that ends is replaced after this time, the next within a while after twice that, and so on. */
const restartMs = { least: 50, most: 5000, calm: 60_000 } as const
const mostWaiting = 1024

/** Starts fronts and keeps them. */
export function startFronts({ size, answering, lost, script = frontScript }: FrontsOptions): Fronts {
  const all = new Set<FrontProcess>()
  let waiting: Socket[] = []
  let told: (() => void)[] = []
  let isClosing = false
  let turn = 0
  let pauseMs: number = restartMs.least
  let lastLost = -Infinity

  const start = (): void => {
    if (isClosing) return
    const front = startFront(script, answering, {
      ready: () => {
        for (const tell of told) tell()
        told = []
        const clients = waiting
        waiting = []
        for (const client of clients) take(client)
      },
      gone: (left) => {
        all.delete(front)
        if (isClosing) return
        for (const client of left) take(client)
        lost()
        const now = performance.now()
        pauseMs = now - lastLost > restartMs.calm ? restartMs.least : Math.min(pauseMs * 2, restartMs.most)
        lastLost = now
        setTimeout(start, pauseMs).unref()
      },
    })
    all.add(front)
  }
  const take = (client: Socket): void => {
    const ready = [...all].filter(({ isReady }) => isReady)
    turn += 1
    const front = ready[turn % ready.length]
    if (front !== undefined) front.take(client)
    else if (waiting.length < mostWaiting) waiting.push(client)
    else client.destroy()
  }
  const askAll = async (ask: (front: FrontProcess) => Promise<undefined>, patienceMs: number): Promise<void> => {
    const asked = Promise.all(
      Array.from(all, async (front) => {
        const dead = setTimeout(() => front.kill(), deadMs)
        dead.unref()
        // One that is gone knows nothing.
        await ask(front).catch(() => undefined)
        clearTimeout(dead)
      }),
    )
    const patience = new AbortController()
    await Promise.race([asked, wait(patienceMs, undefined, { signal: patience.signal }).catch(() => undefined)])
    patience.abort()
  }
  for (let number = 0; number < size; number++) start()
  return {
    ready: () =>
      [...all].some(({ isReady }) => isReady) ? Promise.resolve() : new Promise((resolve) => told.push(resolve)),
    take,
    forget: (workspaces, change) => askAll(({ channel }) => channel.ask('forget', { workspaces, change }), believedMs),
    tell: () => askAll(({ channel }) => channel.ask('tell', undefined), tellMs),
    end: () => askAll(({ channel }) => channel.ask('end', undefined), believedMs),
    close: async () => {
      isClosing = true
      for (const client of waiting) client.destroy()
      await Promise.all(Array.from(all, (front) => front.close()))
    },
    get count() {
      return [...all].filter(({ isReady }) => isReady).length
    },
  }
}
