import { readDocuments } from '../document/read.ts'
import { Fault } from '../errors.ts'
import { cutText } from '../model/cut-text.ts'
import { isDataObject, type DataObject } from '../model/data.ts'
import { memberOf } from '../model/data-map.ts'
import type { ApiResponse, Asking } from './api.ts'

/** What an API server said, or why it said nothing that can be used; the status is missing where there was none. */
export type Answer =
  | { readonly ok: true; readonly data: DataObject }
  | { readonly ok: false; readonly status?: number; readonly reason: string }

interface Attempt {
  readonly answer: Answer
  /** Whether another time may go better, and how long the server wants to be left alone. */
  readonly again: boolean
  readonly afterMs?: number
}

const attempts = 5
const longestWaitMs = 30_000
/** As much as is read of any file. */
const mostBytes = 256 * 1024 * 1024
const busy = [429, 500, 502, 503, 504]

/** Asks until there is an answer: a server that is busy or cuts connections is asked five times, later each time. */
export async function ask(path: string, query: Readonly<Record<string, string>>, asking: Asking): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    const { answer, again, afterMs } = await askOnce(path, query, asking)
    if (answer.ok || !again || attempt === attempts) return answer
    await asking.wait(Math.min(afterMs ?? pauseMs(attempt), longestWaitMs), asking.signal)
  }
}

/** Milliseconds to wait after so many failures in a row. */
export function pauseMs(failures: number): number {
  return Math.min(250 * 2 ** (failures - 1), longestWaitMs)
}

async function askOnce(path: string, query: Readonly<Record<string, string>>, asking: Asking): Promise<Attempt> {
  const { api, signal, deadlineMs } = asking
  const deadline = AbortSignal.timeout(deadlineMs)
  try {
    const response = await api.get(path, query, AbortSignal.any([signal, deadline]))
    return read(path, response, await bytesOf(response))
  } catch (error) {
    if (signal.aborted || error instanceof Fault) throw error
    if (error instanceof TooLarge) return failed('the answer is larger than 256 MiB', { again: false })
    if (deadline.aborted) return failed(`no answer within ${deadlineMs / 1000} s`)
    return failed(`the connection failed: ${cutText(error instanceof Error ? error.message : String(error))}`)
  }
}

class TooLarge extends Error {}

async function bytesOf({ body }: ApiResponse): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of body) {
    length += chunk.length
    if (length > mostBytes) throw new TooLarge()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks, length)
}

function read(path: string, { status, retryAfter }: ApiResponse, bytes: Uint8Array): Attempt {
  const data = readDocuments(path, bytes, { format: 'json', duplicateKeys: 'last' }).documents[0]?.data
  const object = data !== undefined && isDataObject(data) ? data : undefined
  if (status === 200) {
    if (object !== undefined) return { answer: { ok: true, data: object }, again: false }
    return failed('the answer is no JSON object', { status })
  }
  const said = object && memberOf(object, 'message')
  const reason = `the API server answered ${status}${typeof said === 'string' ? `: ${cutText(said)}` : ''}`
  const seconds = Number(retryAfter)
  return failed(reason, {
    status,
    again: busy.includes(status),
    ...(retryAfter === undefined || !Number.isFinite(seconds) ? {} : { afterMs: Math.max(0, seconds) * 1000 }),
  })
}

function failed(
  reason: string,
  {
    status,
    again = true,
    afterMs,
  }: { readonly status?: number; readonly again?: boolean; readonly afterMs?: number } = {},
): Attempt {
  return {
    answer: { ok: false, reason, ...(status === undefined ? {} : { status }) },
    again,
    ...(afterMs === undefined ? {} : { afterMs }),
  }
}
