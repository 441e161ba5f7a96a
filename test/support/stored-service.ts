import { idleQueue } from './idle-queue.ts'
import type { FastifyInstance } from 'fastify'
import type { Test } from 'tap'
import { createCongruent } from '../../src/congruent.ts'
import { createCueGo } from '../../src/engine/cue-go/cue-go.ts'
import { createCookie } from '../../src/http/access/session-cookie.ts'
import { createSignIn } from '../../src/http/access/sign-in.ts'
import type { AppDependencies } from '../../src/http/app.ts'
import type { Queue } from '../../src/queue/queue.ts'
import { createService, type Service, type ServiceOptions } from '../../src/service.ts'
import { openStore } from '../../src/store/open-store.ts'
import { testApp } from './app.ts'
import { emptyDatabases } from './empty-databases.ts'

/** A service over a real engine and an embedded store in memory; jobs are not done, only listed. */
export interface StoredService {
  readonly service: Service
  readonly options: ServiceOptions
  readonly app: FastifyInstance
  /** Of the log. */
  readonly lines: readonly string[]
  /** Jobs as they were sent: `check shop/dev`. */
  readonly jobs: string[]
  /** What the clock says; a test may change it. */
  readonly clock: { now: Date }
}

export async function storedService(
  t: Test,
  dependencies: Partial<AppDependencies> = {},
  workers = 1,
): Promise<StoredService> {
  const clock = { now: new Date('2026-05-04T09:30:00Z') }
  const now = (): Date => clock.now
  const congruent = createCongruent({ engine: createCueGo({ size: workers }), clock: now, fewest: 1 })
  const store = await openStore({ cache: emptyDatabases, clock: now })
  const jobs: string[] = []
  const options: ServiceOptions = {
    congruent,
    store,
    queue: listing(jobs),
    outgoing: {
      judge: async () => undefined,
      call: async () => ({ status: 204, headers: {}, body: Buffer.alloc(0) }),
    },
    clock: now,
    random: counting(),
  }
  const service = createService(options)
  const signIn = createSignIn({
    access: { subjectOf: () => ({ name: 'anonymous', scopes: [] }), needsToken: () => false },
    service,
    cookie: createCookie('congruent-session', { secure: false, sameSite: 'Strict' }),
    clock: now,
  })
  const { app, lines } = await testApp(t, { congruent, service, signIn, clock: now, ...dependencies })
  t.teardown(async () => {
    await congruent.close()
    await store.close()
  })
  return { service, options, app, lines, jobs, clock }
}

function listing(jobs: string[]): Queue {
  const note = (kind: string, job: object): void => void jobs.push(`${kind} ${Object.values(job).join('/')}`)
  return {
    ...idleQueue,
    send: async (kind, job) => note(kind, job),
    sendAll: async (kind, all) => all.forEach((job) => note(kind, job)),
  }
}

/** Looks like 256 random bits, and is the same in each run. */
function counting(): () => string {
  let made = 0
  return () => {
    made += 1
    return `${String(made).padStart(4, '0')}${'r'.repeat(39)}`
  }
}
