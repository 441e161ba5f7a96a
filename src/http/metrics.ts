import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client'

/** What the server counts, for Prometheus. */
export interface Metrics {
  /** One request that was answered: the route as it stands in the table, never an address. */
  request(method: string, route: string, status: number, seconds: number): void
  /** One request to an engine that ended, with the code of its fault; some faults mean that a worker was ended and another one started. */
  engine(operation: string, seconds: number, fault: string | undefined): void
  /** Asks for numbers when they are read, each with its labels; whoever reads them bounds how many there are. */
  gauge(name: string, help: string, labelNames: readonly string[], read: () => Numbers | Promise<Numbers>): void
  /** The text of all of it. */
  text(): Promise<string>
  readonly type: string
}

type Numbers = readonly { readonly labels?: Readonly<Record<string, string>>; readonly value: number }[]

/** Faults that cost a worker its life. */
const deadly = ['ENGINE_DEADLINE', 'ENGINE_MEMORY', 'ENGINE_CRASHED']

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
  const engineSeconds = new Histogram({
    name: 'congruent_engine_request_duration_seconds',
    help: 'Time that the engine worked on a request.',
    labelNames: ['operation'],
    buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30],
    registers: [registry],
  })
  const engineFaults = new Counter({
    name: 'congruent_engine_faults_total',
    help: 'Requests to the engine that ended in a fault, by its code.',
    labelNames: ['code'],
    registers: [registry],
  })
  const restarts = new Counter({
    name: 'congruent_engine_restarts_total',
    help: 'Workers of the engine that were ended and replaced.',
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
    engine: (operation, duration, fault) => {
      engineSeconds.observe({ operation }, duration)
      if (fault === undefined) return
      engineFaults.inc({ code: fault })
      if (deadly.includes(fault)) restarts.inc()
    },
    gauge: (name, help, labelNames, read) => {
      const gauge: Gauge = new Gauge({
        name,
        help,
        labelNames,
        registers: [registry],
        collect: async () => {
          const numbers = await read()
          gauge.reset()
          for (const { labels = {}, value } of numbers) gauge.set(labels, value)
        },
      })
    },
    text: () => registry.metrics(),
    type: registry.contentType,
  }
}
