import { readDocuments } from '../document/read.ts'
import { Fault } from '../errors.ts'
import type { Data, DataObject } from '../model/data.ts'
import { mapAt, memberOf } from '../model/data-map.ts'
import type { Asking } from './api.ts'
import type { Scope } from './scopes.ts'

/** How a watch ended: it can go on from a version, at once or after a pause, or the list must be read again. */
export interface WatchEnd {
  readonly how: 'ended' | 'failed' | 'expired'
  readonly version: string
}

/** How long a server is asked to keep a watch; connections that nobody ends are ended a minute later. */
const seconds = 240

/** Watches a list from a version on, until the server or the connection ends it. */
export async function watch(
  { path }: Scope,
  version: string,
  { api, signal }: Asking,
  change: (object: DataObject, isThere: boolean) => void,
): Promise<WatchEnd> {
  let newest = version
  const deadline = AbortSignal.any([signal, AbortSignal.timeout((seconds + 60) * 1000)])
  try {
    const query = {
      watch: '1',
      allowWatchBookmarks: 'true',
      resourceVersion: version,
      timeoutSeconds: String(seconds),
    }
    const { status, body } = await api.get(path, query, deadline)
    for await (const line of linesOf(body)) {
      if (status !== 200) continue
      const event = eventOf(line)
      if (event === undefined) return { how: 'failed', version: newest }
      if (event.type === 'ERROR') return { how: isGone(event.object) ? 'expired' : 'failed', version: newest }
      newest = versionOf(event.object) ?? newest
      if (event.type !== 'BOOKMARK') change(event.object, event.type !== 'DELETED')
    }
    if (status === 200) return { how: 'ended', version: newest }
    return { how: status === 410 ? 'expired' : 'failed', version: newest }
  } catch (error) {
    if (signal.aborted || error instanceof Fault) throw error
    return { how: 'failed', version: newest }
  }
}

interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR'
  readonly object: DataObject
}

const types = ['ADDED', 'MODIFIED', 'DELETED', 'BOOKMARK', 'ERROR'] as const

function eventOf(line: Uint8Array): WatchEvent | undefined {
  const data = readDocuments('watch', line, { format: 'json', duplicateKeys: 'last' }).documents[0]?.data
  const type = types.find((known) => known === memberOf(data, 'type'))
  const object = mapAt(data, 'object')
  return type === undefined || object === undefined ? undefined : { type, object }
}

function isGone(status: Data): boolean {
  return memberOf(status, 'code') === 410
}

function versionOf(object: DataObject): string | undefined {
  const version = memberOf(mapAt(object, 'metadata'), 'resourceVersion')
  return typeof version === 'string' ? version : undefined
}

const longestLine = 64 * 1024 * 1024
const lineEnd = 0x0a

/** Whole lines; what stands after the last line end was cut off. */
async function* linesOf(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let open: Uint8Array[] = []
  let length = 0
  for await (const chunk of body) {
    let start = 0
    for (let end = chunk.indexOf(lineEnd); end !== -1; end = chunk.indexOf(lineEnd, start)) {
      const line = Buffer.concat([...open, chunk.subarray(start, end)])
      open = []
      length = 0
      start = end + 1
      if (line.length > 0) yield line
    }
    open.push(chunk.subarray(start))
    length += chunk.length - start
    if (length > longestLine) throw new RangeError('an event is larger than 64 MiB')
  }
}
