import { FlatJson, flatName } from '../../document/flat-json.ts'
import { sortedWriter } from '../../document/flat-sorted.ts'
import type { FlatState } from '../../document/flat-state.ts'
import { readJsonDocument } from '../../document/json-document.ts'
import { isDataObject, type DataObject } from '../../model/data.ts'
import { validateBatchLine } from '../../schema/batch-validators.js'
import { fitsSchema } from '../../schema/problems.ts'
import { requestOf } from './sent-line.ts'
import type { SentRequest } from './sent-request.ts'

/** A request to check that is to be answered at once. */
export interface AskedAtOnce {
  /** Without the observed state where that is beside it. */
  readonly request: SentRequest
  /** The state of the one snapshot, until another request is read. */
  readonly state?: FlatState
  /** The request with all that is in it; undefined where there is anything to be said about it. */
  readonly whole: () => SentRequest | undefined
}

/** Reads requests, with what is common; undefined where there is anything to be said about one. */
export type ReadAtOnce = (common: DataObject, bytes: Buffer) => AskedAtOnce | undefined

/**
 * Reads what a request says as ever, but for the observed state, which is most of it: that stays as it lies in the bytes, if it is plain
 * enough, since making values of it, and text of these again for its digest, takes longer than to judge it.
 */
export function readingAtOnce(): ReadAtOnce {
  const json = new FlatJson()
  const sorted = sortedWriter()
  return (common, bytes) => {
    const value = json.read(bytes) ? placeOfState(json) : undefined
    if (value === undefined) {
      const request = requestIn(common, bytes)
      return request && { request, whole: () => request }
    }
    const rest = [bytes.subarray(0, json.start(value)), nothing, bytes.subarray(json.end(value))]
    const request = requestIn(common, Buffer.concat(rest))
    return request && { request, state: { json, value, sorted }, whole: () => requestIn(common, bytes) }
  }
}

const nothing = Buffer.from('{}')
const names = { snapshots: flatName('snapshots'), state: flatName('state') }

/** Where the state of the only snapshot is, if it is a map. */
function placeOfState(json: FlatJson): number | undefined {
  const snapshots = json.member(0, names.snapshots)
  if (snapshots === undefined || json.kindOf(snapshots) !== 'list' || json.sizeOf(snapshots) !== 1) return undefined
  const state = json.member(snapshots + 1, names.state)
  return state !== undefined && json.kindOf(state) === 'map' ? state : undefined
}

function requestIn(common: DataObject, bytes: Buffer): SentRequest | undefined {
  const document = readJsonDocument('the line', bytes)
  if (document === undefined || !isDataObject(document.data) || !fitsSchema(validateBatchLine, document.data))
    return undefined
  return 'common' in document.data ? undefined : requestOf(common, document.data)
}
