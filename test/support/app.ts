import type { FastifyInstance } from 'fastify'
import type { Test } from 'tap'
import type { Access } from '../../src/http/access/access.ts'
import { buildApp, type AppDependencies, type AppOptions } from '../../src/http/app.ts'
import { createMetrics } from '../../src/http/metrics.ts'
import { createLog } from '../../src/http/log.ts'

/** Everybody may do everything. */
const openAccess: Access = {
  subjectOf: () => ({ name: 'anonymous', scopes: ['admin:*'] }),
  may: () => true,
}

/** What routes of a test do not ask: touching it fails the test. */
export function absent(what: string): never {
  const get = (_target: object, name: string | symbol): never => {
    throw new Error(`${what}.${String(name)} is not there in this test`)
  }
  return new Proxy(Object.create(null), { get }) as never
}

/** A server without sockets, which a busy machine keeps from nothing; its log lines are in `lines`. */
export async function testApp(
  t: Test,
  dependencies: Partial<AppDependencies> = {},
  options: AppOptions = {},
): Promise<{ readonly app: FastifyInstance; readonly lines: string[] }> {
  const lines: string[] = []
  const clock = (): Date => new Date('2026-05-04T09:30:00Z')
  const app = await buildApp(
    {
      congruent: absent('congruent'),
      service: absent('service'),
      signIn: absent('signIn'),
      clock,
      probes: {},
      metrics: createMetrics({ process: false }),
      access: openAccess,
      log: createLog('debug', (line) => lines.push(line), clock),
      random: () => 'abcdefghijkl',
      ...dependencies,
    },
    { pressureMs: Infinity, ...options },
  )
  t.teardown(() => app.close())
  return { app, lines }
}
