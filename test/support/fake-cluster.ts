import { writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { join } from 'node:path'

/** What goes wrong with one request. */
export type Misfortune = 'none' | 'forbidden' | 'gone' | 'busy' | 'unavailable' | 'cut' | 'silent' | 'garbage' | 'half'

export interface FakeKind {
  readonly kind: string
  readonly resource: string
  readonly apiVersion: string
  readonly namespaced: boolean
  readonly verbs?: readonly string[]
}

interface FakeObject {
  readonly metadata: { readonly name: string; readonly namespace?: string }
}

/** An API server that pages, expires, watches and fails as it is told. */
export interface FakeCluster {
  readonly server: string
  /** Addresses that were asked for, in order. */
  readonly asked: string[]
  /** What happens to the next requests, by the path; asked once a request. */
  misfortune: (path: string, query: URLSearchParams) => Misfortune
  put(kind: FakeKind, object: FakeObject): void
  remove(kind: FakeKind, object: FakeObject): void
  /** Sends a line to everybody who watches a kind. */
  tell(kind: FakeKind, line: string): void
  /** Ends every watch. */
  endWatches(): void
  watchers(kind: FakeKind): number
  /** Writes a kubeconfig that leads here and answers its name. */
  kubeconfig(folder: string): string
  readonly close: () => Promise<void>
}

/** At most so many objects a page, whatever is asked for. */
const pageSize = 2

/** Starts a server on a free port of this machine. */
export async function fakeCluster(kinds: readonly FakeKind[]): Promise<FakeCluster> {
  const objects = new Map<FakeKind, Map<string, FakeObject>>(kinds.map((kind) => [kind, new Map()]))
  const watches = new Map<FakeKind, Set<ServerResponse>>(kinds.map((kind) => [kind, new Set()]))
  const sockets = new Set<Socket>()
  const asked: string[] = []
  let version = 100
  let misfortune: FakeCluster['misfortune'] = () => 'none'

  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const url = new URL(request.url ?? '/', 'http://cluster')
    asked.push(url.pathname + url.search)
    const how = misfortune(url.pathname, url.searchParams)
    const send = (status: number, body: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(JSON.stringify(body))
    }
    const fail = (code: number, message: string): void =>
      send(code, { kind: 'Status', status: 'Failure', code, message })
    if (how === 'forbidden') return fail(403, `may not list ${url.pathname}`)
    if (how === 'gone') return fail(410, 'the provided continue parameter is too old')
    if (how === 'unavailable') return fail(503, 'etcd has no leader')
    if (how === 'busy') {
      response.setHeader('retry-after', '1')
      return fail(429, 'too many requests')
    }
    if (how === 'cut') return void request.socket.destroy()
    if (how === 'silent') return undefined
    if (how === 'garbage') return void response.writeHead(200).end('<html>not this</html>')
    if (how === 'half') {
      response.writeHead(200, { 'content-length': '1000' })
      response.write('{"kind":"PodList","items":[')
      return void setImmediate(() => request.socket.destroy())
    }
    if (url.pathname === '/apis') return send(200, groupList(kinds))
    const group = kinds.filter(
      ({ apiVersion }) => url.pathname === (apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`),
    )
    if (group.length > 0) return send(200, resourceList(group))
    if (url.pathname === '/api/v1') return send(200, resourceList([]))
    const asking = listed(kinds, url.pathname)
    if (asking === undefined) return fail(404, 'the server could not find the requested resource')
    if (url.searchParams.has('watch')) {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.flushHeaders()
      watches.get(asking.kind)?.add(response)
      response.on('close', () => watches.get(asking.kind)?.delete(response))
      return undefined
    }
    const all = [...(objects.get(asking.kind)?.values() ?? [])].filter(
      ({ metadata }) => asking.namespace === undefined || metadata.namespace === asking.namespace,
    )
    const from = Number(url.searchParams.get('continue') ?? '0')
    const next = from + pageSize < all.length ? String(from + pageSize) : ''
    return send(200, {
      kind: `${asking.kind.kind}List`,
      apiVersion: asking.kind.apiVersion,
      metadata: { resourceVersion: String(version), continue: next },
      items: all.slice(from, from + pageSize),
    })
  }
  const server = createServer(answer)
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  const tell = (kind: FakeKind, line: string): void => {
    for (const response of watches.get(kind) ?? []) response.write(`${line}\n`)
  }
  const change = (kind: FakeKind, type: string, { metadata, ...more }: FakeObject): void => {
    version += 1
    const object = { ...named(kind), ...more, metadata: { ...metadata, resourceVersion: String(version) } }
    tell(kind, JSON.stringify({ type, object }))
  }
  return {
    server: address,
    asked,
    get misfortune() {
      return misfortune
    },
    set misfortune(next) {
      misfortune = next
    },
    put: (kind, object) => {
      const known = objects.get(kind)
      const isNew = known?.has(keyOf(object)) === false
      known?.set(keyOf(object), object)
      change(kind, isNew ? 'ADDED' : 'MODIFIED', object)
    },
    remove: (kind, object) => {
      objects.get(kind)?.delete(keyOf(object))
      change(kind, 'DELETED', object)
    },
    tell,
    endWatches: () => {
      for (const responses of watches.values()) for (const response of responses) response.end()
    },
    watchers: (kind) => watches.get(kind)?.size ?? 0,
    kubeconfig: (folder) => {
      const file = join(folder, 'kubeconfig.yaml')
      writeFileSync(file, kubeconfigText(address))
      return file
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }
}

function keyOf({ metadata }: FakeObject): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`
}

function named({ kind, apiVersion }: FakeKind): object {
  return { kind, apiVersion }
}

function listed(
  kinds: readonly FakeKind[],
  path: string,
): { readonly kind: FakeKind; readonly namespace?: string } | undefined {
  for (const kind of kinds) {
    const base = kind.apiVersion.includes('/') ? `/apis/${kind.apiVersion}` : `/api/${kind.apiVersion}`
    if (path === `${base}/${kind.resource}`) return { kind }
    const inside = new RegExp(`^${base}/namespaces/([^/]+)/${kind.resource}$`).exec(path)?.[1]
    if (inside !== undefined) return { kind, namespace: inside }
  }
  return undefined
}

function groupList(kinds: readonly FakeKind[]): object {
  const versions = [...new Set(kinds.map(({ apiVersion }) => apiVersion).filter((one) => one.includes('/')))]
  const groups = versions.map((groupVersion) => ({
    name: groupVersion.replace(/\/.*/, ''),
    versions: [{ groupVersion }],
    preferredVersion: { groupVersion },
  }))
  return { kind: 'APIGroupList', apiVersion: 'v1', groups }
}

function resourceList(kinds: readonly FakeKind[]): object {
  const resources = kinds.flatMap(({ kind, resource, namespaced, verbs = ['get', 'list', 'watch'] }) => [
    { name: resource, kind, namespaced, verbs, shortNames: [resource.slice(0, 2)] },
    { name: `${resource}/status`, kind, namespaced, verbs: ['get'] },
  ])
  return { kind: 'APIResourceList', resources }
}

function kubeconfigText(server: string): string {
  return `apiVersion: v1
kind: Config
current-context: fake
clusters: [{ name: fake, cluster: { server: "${server}", insecure-skip-tls-verify: true } }]
users: [{ name: me, user: { token: not-a-secret } }]
contexts: [{ name: fake, context: { cluster: fake, user: me } }]
`
}
