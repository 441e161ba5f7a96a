import { exactJson } from '../../model/exact-json.ts'
import type { CheckedLine } from '../../operations/requested/check-lines.ts'
import { problemDocument } from '../problem.ts'
import type { Route } from '../route.ts'
import { permitted } from '../sent-request.ts'

/** Many checks in one request. */
export const batch: readonly Route[] = [
  {
    method: 'POST',
    url: '/v1/check/batch',
    operation: 'checkBatch',
    tag: 'check',
    summary: 'Check many, one a line, and keep nothing',
    description:
      'Each line is a request as of `POST /v1/check`; the first may be `{"common": …}`, what all others say unless they say otherwise. For each there is one line, in the order in which they finish: `{"line": 2, "report": …}`, or `{"line": 3, "problem": …}` for one that cannot be served, which costs no other. Empty lines are passed over. A line may have 8 MiB; where the deadline passes, the answer breaks off.',
    needs: 'token',
    body: { schema: { $ref: 'urn:congruent:http:batch-line' }, types: ['application/x-ndjson'] },
    answers: {
      200: {
        description: 'One line for each line.',
        schema: { $ref: 'urn:congruent:http:batch-answer' },
        type: 'application/x-ndjson',
      },
    },
    handle: async (asked, { service }) => {
      const { deadlineMs, signal } = asked
      const checked = service.checkLines({
        lines: asked.bytes(),
        limits: { deadlineMs, signal },
        allow: (sent) => void permitted(sent, asked, 'check'),
      })
      return { status: 200, type: 'application/x-ndjson', pieces: texts(checked, asked.id) }
    },
  },
]

async function* texts(checked: AsyncIterable<readonly CheckedLine[]>, request: string): AsyncGenerator<string> {
  for await (const lines of checked) {
    let text = ''
    for (const line of lines) text += 'written' in line ? line.written : `${textOf(line, request)}\n`
    yield text
  }
}

function textOf(checked: Exclude<CheckedLine, { readonly written: string }>, request: string): string {
  const { line } = checked
  if ('error' in checked) return exactJson({ line, problem: problemDocument(checked.error, request) })
  try {
    return JSON.stringify({ line, report: checked.report })
  } catch (error) {
    // Numbers that only this writer has.
    if (error instanceof TypeError) return exactJson({ line, report: checked.report })
    throw error
  }
}
