// As much of autocannon as is used here; it brings no types of its own.
declare module 'autocannon' {
  interface Context {
    number: number
  }
  interface Request {
    readonly method: string
    readonly body?: string
    readonly setupRequest?: (request: Request, context: Context) => Request
    readonly onResponse?: (status: number, body: string, context: Context) => void
  }
  interface Options {
    readonly url: string
    readonly connections: number
    readonly amount: number
    readonly timeout: number
    readonly method: string
    readonly headers: Readonly<Record<string, string>>
    readonly requests: readonly Request[]
  }
  interface Result {
    readonly errors: number
    readonly latency: { readonly p50: number; readonly p99: number }
  }
  export default function autocannon(options: Options): Promise<Result>
}
