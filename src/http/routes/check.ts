import type { Route } from '../route.ts'
import { permitted } from '../sent-request.ts'

/** Checks of what comes with the request. */
export const check: readonly Route[] = [
  {
    method: 'POST',
    url: '/v1/check',
    operation: 'check',
    tag: 'check',
    summary: 'Check what observers saw against fragments, and keep nothing',
    description:
      'The fragments are those of a stored workspace (`workspace` is its name; needs `check:<workspace>`), or come along. Findings name what was sent: `snapshots[0]`, or `snapshots[0].state` and `snapshots[0].documents[1]` where it came as the observer has it, with a pointer, and line and column in its JSON text indented by two spaces. Every verdict is 200. Of several environments, one that a fault ended is told in `faults`.',
    needs: 'token',
    body: { schema: { $ref: 'urn:congruent:http:check-request' }, types: ['application/json', 'application/yaml'] },
    answers: { 200: { description: 'The report.', schema: { $ref: 'urn:congruent:report' } } },
    handle: async (asked, { service }) => {
      const checked = await service.checkSent(permitted(asked.body, asked, 'check'), asked)
      return 'text' in checked ? { status: 200, ...checked } : { status: 200, body: checked.report }
    },
  },
]
