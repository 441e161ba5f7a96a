/** An API server as it is asked: by GET, and nothing else. */
export interface ClusterApi {
  /** How a user knows it: the context of the kubeconfig. */
  readonly name: string
  /** Where it is, for messages. */
  readonly server: string
  /** Asks, and answers once the head of the answer is there. Rejects where no connection comes about, or the signal ends it. */
  get(path: string, query: Readonly<Record<string, string>>, signal: AbortSignal): Promise<ApiResponse>
}

export interface ApiResponse {
  readonly status: number
  /** The header `Retry-After`. */
  readonly retryAfter?: string
  /** As it comes; ends with an error where the connection is cut. */
  readonly body: AsyncIterable<Uint8Array>
}

/** What asking needs of the world. */
export interface Asking {
  readonly api: ClusterApi
  /** Lets so many milliseconds pass; rejects when the signal ends it. */
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>
  /** Ends everything. */
  readonly signal: AbortSignal
  /** How long one answer may take. */
  readonly deadlineMs: number
}
