import { Fault } from '../../errors.ts'
import type { Route } from '../route.ts'

const answers = {
  type: 'object',
  properties: { status: { const: 'ok' } },
  required: ['status'],
  additionalProperties: false,
}

/** For whoever starts, stops and balances servers. */
export const health: readonly Route[] = [
  {
    method: 'GET',
    url: '/healthz',
    operation: 'getHealth',
    tag: 'operation',
    summary: 'Whether the process answers',
    needs: 'anyone',
    answers: { 200: { description: 'It does.', schema: answers } },
    handle: async () => ({ status: 200, body: { status: 'ok' } }),
  },
  {
    method: 'GET',
    url: '/readyz',
    operation: 'getReadiness',
    tag: 'operation',
    summary: 'Whether the engine and the store really answer',
    needs: 'anyone',
    answers: { 200: { description: 'All of them do.', schema: answers } },
    handle: async (_asked, { probes }) => {
      const asked = await Promise.allSettled(Object.values(probes).map((probe) => probe()))
      const failed = Object.keys(probes).filter((_name, index) => asked[index]?.status === 'rejected')
      if (failed.length === 0) return { status: 200, body: { status: 'ok' } }
      throw new Fault('OVERLOADED', `not ready: ${failed.join(', ')} does not answer`)
    },
  },
]
