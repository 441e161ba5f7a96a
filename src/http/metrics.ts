import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client'

/** What the server counts, for Prometheus. */
export interface Metrics {
  /** One request that was answered: the route as it stands in the table, never an address. */
  request(method: string, route: string, status: number, seconds: number): void
  /** Asks a number when it is read. */
  gauge(name: string, help: string, read: () => number | Promise<number>): void
  /** The text of all of it. */
  text(): Promise<string>
  readonly type: string
}

/** Counts of one server, in a registry of its own. */
export function createMetrics(options: { readonly process: boolean }): Metrics {
  const registry = new Registry()
  if (options.process) collectDefaultMetrics({ register: registry, prefix: 'congruent_' })
  const requests = new Counter({
    name: 'congruent_http_requests_total',
    help: 'Requests answered, by method, route and status.',
    labelNames: ['method', 'route', 'status'],
    registers: [registry],
  })
  const seconds = new Histogram({
    name: 'congruent_http_request_duration_seconds',
    help: 'Time until an answer was ready, by method and route.',
    labelNames: ['method', 'route'],
    buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers: [registry],
  })
  // The labels of a request are looked up once: this is on the way of each.
  const counters = new Map<string, { readonly inc: () => void }>()
  const timers = new Map<string, { readonly observe: (seconds: number) => void }>()
  return {
    request: (method, route, status, duration) => {
      const timed = `${method} ${route}`
      const counted = `${timed} ${status}`
      const counter = counters.get(counted) ?? requests.labels(method, route, String(status))
      counters.set(counted, counter)
      const timer = timers.get(timed) ?? seconds.labels(method, route)
      timers.set(timed, timer)
      counter.inc()
      timer.observe(duration)
    },
    gauge: (name, help, read) => {
      const gauge: Gauge = new Gauge({
        name,
        help,
        registers: [registry],
        collect: async () => gauge.set(await read()),
      })
    },
    text: () => registry.metrics(),
    type: registry.contentType,
  }
}
