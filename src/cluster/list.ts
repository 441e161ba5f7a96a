import { isDataList, isDataObject, type DataObject } from '../model/data.ts'
import { mapAt, memberOf } from '../model/data-map.ts'
import type { Asking } from './api.ts'
import { ask } from './ask.ts'
import type { Scope } from './scopes.ts'

/** Everything that a list held at one moment, or why that is not known. */
export type Listing =
  | { readonly ok: true; readonly items: readonly DataObject[]; readonly version: string }
  | { readonly ok: false; readonly reason: string }

const pageSize = '500'
const mostRestarts = 3

/** Lists page by page. What was not listed to its end is not listed: a list that expired on the way starts again, three times. */
export async function list(scope: Scope, asking: Asking): Promise<Listing> {
  for (let restart = 0; restart <= mostRestarts; restart++) {
    const listing = await listOnce(scope, asking)
    if (listing !== 'expired') return listing
  }
  return { ok: false, reason: `the list expired while it was read, ${mostRestarts + 1} times in a row` }
}

async function listOnce({ path }: Scope, asking: Asking): Promise<Listing | 'expired'> {
  const items: DataObject[] = []
  let next = ''
  for (;;) {
    const answer = await ask(path, { limit: pageSize, ...(next === '' ? {} : { continue: next }) }, asking)
    if (!answer.ok) return answer.status === 410 ? 'expired' : { ok: false, reason: answer.reason }
    const page = memberOf(answer.data, 'items') ?? null
    const metadata = mapAt(answer.data, 'metadata')
    if (metadata === undefined || (page !== null && !isDataList(page)))
      return { ok: false, reason: 'the answer is no list of objects' }
    for (const item of page ?? []) {
      if (!isDataObject(item)) return { ok: false, reason: 'the list holds something that is no object' }
      items.push(item)
    }
    const before = next
    next = textAt(metadata, 'continue')
    if (next === '') return { ok: true, items, version: textAt(metadata, 'resourceVersion') }
    if (next === before)
      return { ok: false, reason: 'the list does not come to an end: a page names itself as the next' }
  }
}

function textAt(data: DataObject, label: string): string {
  const text = memberOf(data, label)
  return typeof text === 'string' ? text : ''
}
