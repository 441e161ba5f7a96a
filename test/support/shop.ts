import type { FastifyInstance } from 'fastify'

const workspace = `workspace: shop
teams:
  platform: { fragments: [./platform], owns: [services] }
  web: { fragments: [./web] }
environments: { prod: {} }
observations: [{ files: [], observer: cluster, adapter: snapshot, maxAge: 15m }]
`
const platform = 'package platform\nservices: [string]: replicas: int & >=2\n'
const web = 'package web\nservices: web: replicas: <=6\n'
const snapshot = {
  snapshot: 1,
  observer: 'cluster',
  sequence: 1,
  observedAt: '2026-05-04T09:30:00Z',
  environment: 'prod',
  state: { services: { web: { replicas: 1 } } },
}

/** Puts a workspace `shop` on a server, with a little of everything. */
export async function putShop(app: FastifyInstance): Promise<void> {
  const send = async (method: 'PUT' | 'POST', url: string, body: object | string): Promise<void> => {
    const type = typeof body === 'string' ? 'application/yaml' : 'application/json'
    const answer = await app.inject({ method, url, headers: { 'content-type': type }, payload: body })
    if (answer.statusCode >= 300) throw new Error(`${method} ${url}: ${answer.body}`)
  }
  const base = '/v1/workspaces/shop'
  await send('PUT', base, workspace)
  await send('PUT', `${base}/teams/platform/fragments`, { files: { 'platform/p.cue': platform } })
  await send('PUT', `${base}/teams/web/fragments`, { files: { 'web/w.cue': web } })
  await send('POST', `${base}/snapshots`, snapshot)
}
