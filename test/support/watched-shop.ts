import type { StoredService } from './stored-service.ts'

const document = `workspace: shop
teams:
  sre: { fragments: [./sre], owns: [''], contact: '#sre' }
  web: { fragments: [./web], owns: [services], contact: '#web' }
  net: { fragments: [./net], constrains: [edge, dns], contact: '#net' }
environments: { dev: {}, prod: {} }
exemptions: [sre/exemptions.yaml]
observations:
  - { files: [], observer: cluster-eu, maxAge: 15m }
  - { files: [], observer: cluster-us, maxAge: 15m }
  - { files: [], observer: edge-eu, maxAge: 15m }
  - { files: [], observer: probe-1, maxAge: 1d }
`
const fragments = {
  sre: {
    'sre/availability.cue': `package sre

services: [string]: replicas: >=2 @rule(id="HA-1", title="At least two replicas", docs="https://rules.example/HA-1")
services: [string]: gpu?: <=4 @rule(id="RES-9", title="GPU memory is bounded")
services: [string]: port: >=1024 @rule(id="NET-2", title="No privileged ports")
secrets: db: rotated: true @rule(id="SEC-7", title="Secrets are rotated")
`,
    'sre/exemptions.yaml': `exemptions:
  - { id: EX-012, rule: HA-1, path: services.ad.replicas, owner: web, reason: not in the path of an order, expires: '2026-06-01' }
  - { id: EX-003, rule: NET-2, path: services.ad, owner: sre, reason: old terminals, expires: '2026-07-31' }
  - { id: EX-007, rule: HA-1, path: services.cart, owner: web, reason: before the move, expires: '2026-05-01' }
`,
  },
  web: {
    'web/services.cue': `package web

services: {
	checkout: {port: 8443}
	cart: {port: 8080}
	ad: {port: 8081}
}
`,
  },
  net: {
    'net/edge.cue':
      'package net\n\nedge: tls: >=1.2 @rule(id="NET-3", title="TLS 1.2 or newer at the edge")\ndns: shop: "10.0.0.1"\n',
  },
} as const

interface Sent {
  readonly observer: string
  readonly sequence: number
  /** Minutes after half past nine at which it comes. */
  readonly minute: number
  readonly seen?: Readonly<Record<string, number>>
  readonly covers: readonly string[]
  readonly refused?: readonly { readonly path: string; readonly reason: string }[]
  readonly state: object
}

const services = (checkout: number, ad = 1): object => ({
  services: {
    checkout: { port: 8443, replicas: checkout },
    cart: { port: 8080, replicas: 2 },
    ad: { port: 8081, replicas: ad },
  },
})

const clusterEu = { observer: 'cluster-eu', covers: ['services', 'secrets'] }
const clusterUs = {
  observer: 'cluster-us',
  covers: ['services'],
  refused: [{ path: 'secrets', reason: '403: secrets is forbidden' }],
}
const secrets = { secrets: { db: { rotated: true } } }

const sent: readonly Sent[] = [
  { observer: 'edge-eu', sequence: 309, minute: 1, covers: ['edge'], state: { edge: { tls: 1.3 } } },
  { ...clusterEu, sequence: 1838, minute: 2, seen: { 'edge-eu': 309 }, state: { ...services(1), ...secrets } },
  { ...clusterUs, sequence: 973, minute: 4, seen: { 'cluster-eu': 1838 }, state: services(1) },
  {
    observer: 'edge-eu',
    sequence: 310,
    minute: 5,
    seen: { 'cluster-eu': 1838 },
    covers: ['edge'],
    state: { edge: { tls: 1.3 } },
  },
  { ...clusterEu, sequence: 1839, minute: 20, seen: { 'cluster-us': 973 }, state: { ...services(2), ...secrets } },
  { ...clusterUs, sequence: 974, minute: 30, seen: { 'cluster-eu': 1839 }, state: services(2) },
  {
    observer: 'probe-1',
    sequence: 20408,
    minute: 32,
    seen: { 'cluster-us': 974 },
    covers: ['services.*.port'],
    state: { services: { checkout: { port: 8443 }, cart: { port: 8080 }, ad: { port: 8081 } } },
  },
  { ...clusterEu, sequence: 1840, minute: 40, seen: { 'cluster-us': 974 }, state: { ...services(3), ...secrets } },
  { ...clusterUs, sequence: 975, minute: 41, seen: { 'cluster-eu': 1839 }, state: services(1) },
]

/**
 * Puts a shop on a server that five observers watch: two of them disagree about `services.checkout.replicas`, one has been silent for too
 * long, one was refused the secrets, and nobody looks at `dns`. Checked after each snapshot; the clock ends 41 minutes later.
 */
export async function putWatchedShop({ app, service, jobs, clock }: StoredService): Promise<void> {
  const start = clock.now.getTime()
  const send = async (method: 'PUT' | 'POST', path: string, payload: string, type: string): Promise<void> => {
    const url = `/v1/workspaces/shop${path}`
    const answer = await app.inject({ method, url, headers: { 'content-type': type }, payload })
    if (answer.statusCode >= 300) throw new Error(`${method} ${url}: ${answer.body}`)
    for (const job of jobs.splice(0)) {
      const [, workspace = '', environment = ''] = /^check (.*)\/(.*)$/.exec(job) ?? []
      if (environment !== '') await service.makeCheck({ workspace, environment })
    }
  }
  await send('PUT', '', document, 'application/yaml')
  for (const [team, files] of Object.entries(fragments))
    await send('PUT', `/teams/${team}/fragments?force=true`, JSON.stringify({ files }), 'application/json')
  for (const { minute, ...one } of sent) {
    clock.now = new Date(start + minute * 60_000)
    const observedAt = new Date(clock.now.getTime() - 6000).toISOString()
    const snapshot = { snapshot: 1, observedAt, environment: 'prod', ...one }
    await send('POST', '/snapshots', JSON.stringify(snapshot), 'application/json')
  }
}
