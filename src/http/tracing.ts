import { context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { packageVersion } from '../version.ts'

/** Tells a collector how long each request took, as part of what its asker does. */
export interface Tracing {
  /** Does the work of a request, which answers the status, in a span that continues the one its headers name (W3C trace context). */
  request(head: RequestHead, work: () => Promise<number>): Promise<void>
  /** A request that was answered elsewhere a moment ago, as a span of so many milliseconds. */
  answered(head: RequestHead, status: number, ms: number): void
  /** Sends what is not sent yet. */
  close(): Promise<void>
}

/** What of a request a span says. */
interface RequestHead {
  readonly method: string
  readonly route: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
}

/** Sends spans to a collector by OTLP over HTTP: `http://collector:4318`. The libraries for it are loaded now and not before. */
export async function openTracing(endpoint: string): Promise<Tracing> {
  const { BatchSpanProcessor, NodeTracerProvider } = await import('@opentelemetry/sdk-trace-node')
  const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-http')
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, '')}/v1/traces` })
  const provider = new NodeTracerProvider({ spanProcessors: [new BatchSpanProcessor(exporter)] })
  provider.register()
  const tracer = trace.getTracer('congruent', packageVersion())
  return {
    request: ({ method, route, headers }, work) => {
      const asker = propagation.extract(context.active(), headers)
      const attributes = { 'http.request.method': method, 'http.route': route }
      return tracer.startActiveSpan(
        `${method} ${route}`,
        { kind: SpanKind.SERVER, attributes },
        asker,
        async (span) => {
          try {
            const status = await work()
            span.setAttribute('http.response.status_code', status)
            if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR })
          } finally {
            span.end()
          }
        },
      )
    },
    answered: ({ method, route, headers }, status, ms) => {
      const asker = propagation.extract(context.active(), headers)
      const attributes = { 'http.request.method': method, 'http.route': route, 'http.response.status_code': status }
      const startTime = new Date(Date.now() - ms)
      tracer.startSpan(`${method} ${route}`, { kind: SpanKind.SERVER, attributes, startTime }, asker).end()
    },
    close: () => provider.shutdown(),
  }
}
