import { request as httpRequest } from 'node:http'
import { request as httpsRequest, type RequestOptions } from 'node:https'
import { Fault } from '../errors.ts'
import type { ApiResponse, ClusterApi } from './api.ts'

/** Which cluster: as kubectl chooses it, unless something else is named. */
export interface ClusterChoice {
  /** File of the kubeconfig. */
  readonly kubeconfig?: string
  readonly context?: string
}

/** What of Kubernetes' own client is used: how to find a cluster and to be let in. It would drop fields that it does not know. */
interface KubeConfigLike {
  loadFromFile(file: string): void
  loadFromDefault(): void
  setCurrentContext(context: string): void
  getCurrentContext(): string
  getContexts(): readonly { readonly name: string }[]
  getCurrentCluster(): { readonly server: string } | null
  applyToHTTPSOptions(options: RequestOptions): Promise<void>
}

/** Finds a cluster by its kubeconfig; certificates, tokens and programs that give tokens are what the kubeconfig says. */
export async function openCluster({ kubeconfig, context }: ClusterChoice): Promise<ClusterApi> {
  const config = await emptyConfig()
  try {
    if (kubeconfig === undefined) config.loadFromDefault()
    else config.loadFromFile(kubeconfig)
  } catch (error) {
    const what = kubeconfig === undefined ? 'the kubeconfig' : `the kubeconfig \`${kubeconfig}\``
    throw new Fault('CLUSTER_UNAVAILABLE', `${what} cannot be read: ${firstLine(error)}`, { cause: error })
  }
  if (context !== undefined) {
    // `loaded-context` is what Kubernetes' own client makes where it finds no kubeconfig.
    const contexts = config.getContexts().flatMap(({ name }) => (name === 'loaded-context' ? [] : [name]))
    if (!contexts.includes(context)) {
      const known =
        contexts.length === 0 ? 'there are none' : `there are ${contexts.map((name) => `\`${name}\``).join(', ')}`
      throw new Fault('USAGE', `the kubeconfig has no context \`${context}\`: ${known}`)
    }
    config.setCurrentContext(context)
  }
  const cluster = config.getCurrentCluster()
  // What Kubernetes' own client takes where it finds nothing.
  const isNowhere = kubeconfig === undefined && cluster?.server === 'http://localhost:8080'
  if (cluster === null || isNowhere || !URL.canParse(cluster.server))
    throw new Fault(
      'CLUSTER_UNAVAILABLE',
      'no kubeconfig names a cluster: name the file with `--kubeconfig` or KUBECONFIG, and its context with `--context`',
    )
  const { server } = cluster
  return {
    name: config.getCurrentContext() || 'kubernetes',
    server,
    get: async (path, query, signal) => {
      const url = new URL(`${server.replace(/\/+$/, '')}${path}`)
      for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
      return send(url, await letIn(config, server), signal)
    },
  }
}

/** The client is large and optional: whoever reads no cluster never loads it. */
async function emptyConfig(): Promise<KubeConfigLike> {
  try {
    const { KubeConfig } = await import('@kubernetes/client-node')
    return new KubeConfig()
  } catch (error) {
    throw new Fault(
      'CLUSTER_UNAVAILABLE',
      'reading a cluster needs the package `@kubernetes/client-node`, which is not here: `npm install @kubernetes/client-node`, or pipe `kubectl get -o json` into the same command',
      { cause: error },
    )
  }
}

async function letIn(config: KubeConfigLike, server: string): Promise<RequestOptions> {
  const options: RequestOptions = { method: 'GET', headers: { accept: 'application/json' } }
  try {
    await config.applyToHTTPSOptions(options)
  } catch (error) {
    throw new Fault(
      'CLUSTER_UNAVAILABLE',
      `\`${server}\` cannot be asked as the kubeconfig says: ${firstLine(error)}`,
      {
        cause: error,
      },
    )
  }
  return options
}

function send(url: URL, options: RequestOptions, signal: AbortSignal): Promise<ApiResponse> {
  const request = url.protocol === 'http:' ? httpRequest : httpsRequest
  return new Promise((resolve, reject) => {
    const sent = request(url, { ...options, signal }, (response) => {
      const retryAfter = response.headers['retry-after']
      resolve({
        status: response.statusCode ?? 0,
        ...(retryAfter === undefined ? {} : { retryAfter }),
        body: response,
      })
    })
    sent.on('error', reject)
    sent.end()
  })
}

function firstLine(error: unknown): string {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 'it does not exist'
  const text = error instanceof Error ? error.message : String(error)
  return text.split('\n', 1)[0] ?? ''
}
