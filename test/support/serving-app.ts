import type { FastifyInstance } from 'fastify'
import type { Test } from 'tap'
import { createCongruent } from '../../src/congruent.ts'
import { createCueGo } from '../../src/engine/cue-go/cue-go.ts'
import type { AppDependencies, AppOptions } from '../../src/http/app.ts'
import { createOutgoing } from '../../src/outgoing/outgoing.ts'
import { createQueue } from '../../src/queue/create-queue.ts'
import { createService, type Service } from '../../src/service.ts'
import { openStore } from '../../src/store/open-store.ts'
import { testApp } from './app.ts'

const workspace = `workspace: shop
teams:
  platform: { fragments: [./platform], owns: [services] }
  web: { fragments: [./web] }
environments: { prod: {} }
observations: [{ files: ["observed/*.json"], observer: cluster, adapter: snapshot, maxAge: 15m }]
`

/** A server over a store in memory and the real engine, with a workspace \`shop\` that has something of everything. */
export async function servingApp(
  t: Test,
  dependencies: Partial<AppDependencies> = {},
  options: AppOptions = {},
): Promise<{ readonly app: FastifyInstance; readonly lines: string[]; readonly service: Service }> {
  const clock = (): Date => new Date()
  const store = await openStore({ clock })
  const queue = await createQueue({ store })
  const engine = createCueGo()
  const congruent = createCongruent({ engine, clock })
  const random = (): string => crypto.randomUUID().replaceAll('-', '')
  const service = createService({ congruent, store, queue, outgoing: createOutgoing(), clock, random })
  const served = await testApp(t, { congruent, service, clock, random, ...dependencies }, options)
  t.teardown(async () => {
    await served.app.close()
    await queue.close()
    await congruent.close()
    await store.close()
  })
  return { ...served, service }
}

/** Puts the workspace \`shop\` there. */
export async function putShop(app: FastifyInstance): Promise<void> {
  const headers = { host: 'localhost' }
  const json = { ...headers, 'content-type': 'application/json' }
  const files = (name: string, text: string): string => JSON.stringify({ files: { [name]: text } })
  const put = async (url: string, type: string, payload: string, method: 'PUT' | 'POST' = 'PUT'): Promise<void> => {
    const { statusCode, body } = await app.inject({ method, url, headers: { ...json, 'content-type': type }, payload })
    if (statusCode >= 300) throw new Error(`${method} ${url}: ${body}`)
  }
  await put('/v1/workspaces/shop', 'application/yaml', workspace)
  const base = '/v1/workspaces/shop'
  await put(
    `${base}/teams/platform/fragments`,
    'application/json',
    files('platform/p.cue', 'package platform\nservices: [string]: replicas: int & >=2\n'),
  )
  await put(
    `${base}/teams/web/fragments`,
    'application/json',
    files('web/w.cue', 'package web\nservices: web: replicas: <=6\n'),
  )
  const snapshot = {
    snapshot: 1,
    observer: 'cluster',
    sequence: 1,
    observedAt: '2026-05-04T09:30:00Z',
    environment: 'prod',
    state: { services: { web: { replicas: 1 } } },
  }
  await put(`${base}/snapshots`, 'application/json', JSON.stringify(snapshot), 'POST')
}
