import type { Route } from '../route.ts'

/** For Prometheus. */
export const metrics: readonly Route[] = [
  {
    method: 'GET',
    url: '/metrics',
    operation: 'getMetrics',
    tag: 'operation',
    summary: 'Counts and times of this process, for Prometheus',
    needs: () => 'read:*',
    answers: { 200: { description: 'The text that Prometheus reads.', type: 'text/plain' } },
    handle: async (_asked, { metrics }) => ({ status: 200, text: await metrics.text(), type: metrics.type }),
  },
]
