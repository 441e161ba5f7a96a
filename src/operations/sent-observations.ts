import { Fault } from '../errors.ts'
import type { Data } from '../model/data.ts'
import { memberOf } from '../model/data-map.ts'
import type { Document } from '../model/document.ts'
import { formatPath } from '../model/path.ts'
import type { AdapterName, Covers, ObservationEntry } from '../model/workspace.ts'
import type { CutRequest } from '../observation/cut-request.ts'
import { findInputs, type Input } from '../observation/inputs.ts'
import { readGroups, type DocumentGroup } from '../observation/read-input.ts'

/** What was observed as documents that a server takes, and the way back from its findings to our files. */
export interface SentObservations {
  readonly sent: readonly SentObservation[]
  /** What to say of each observer in `observations`, so that the server reads all of it as it is read here. */
  readonly entries: readonly ObservationEntry[]
}

/** One snapshot document, or state in the form that it has, as `state` or as several `documents`; with the documents that it is made of, in order. */
export type SentObservation =
  | { readonly holds: 'itself'; readonly body: Data; readonly documents: readonly Document[] }
  | { readonly holds: 'state' | 'documents'; readonly body: ObservedForm; readonly documents: readonly Document[] }

/** State as an observer has it. */
export interface ObservedForm {
  readonly adapter: Exclude<AdapterName, 'snapshot'>
  readonly observer: string
  readonly at?: string
  readonly covers?: Covers
  readonly state?: Data
  readonly documents?: readonly Data[]
}

/**
 * Reads what is observed of one environment for a server to judge. A document that cannot be read cannot be sent: a Fault USAGE names each;
 * a glob that matches no file is INPUT_NOT_FOUND.
 */
export async function sentObservations(request: CutRequest): Promise<SentObservations> {
  const { inputs, problems } = await findInputs(request)
  const [problem] = problems
  // Sent as nothing at all it would be nobody's fault that nobody looked.
  if (problem !== undefined) throw new Fault('INPUT_NOT_FOUND', problem.message)
  const sent: SentObservation[] = []
  const entries: ObservationEntry[] = []
  for (const input of inputs) {
    const { groups, unreadable } = await readGroups(input, request)
    if (unreadable.length > 0)
      throw new Fault('USAGE', 'what cannot be read cannot be sent', {
        places: unreadable.map(({ file, message, position }) => ({ file, message, ...position })),
      })
    for (const group of groups) {
      const found = group.adapter.name === 'snapshot' ? group.documents.map(itself) : [form(input, group)]
      sent.push(...found)
      entries.push(...found.map((one) => ({ ...input.said, observer: observerOf(one) })))
    }
  }
  return { sent, entries }
}

function itself(document: Document): SentObservation {
  return { body: document.data, documents: [document], holds: 'itself' }
}

function form(input: Input, { adapter, at, documents }: DocumentGroup): SentObservation {
  const path = formatPath(at)
  const name = adapter.name === 'snapshot' ? 'plain' : adapter.name
  const { covers } = input.said
  const [first, second] = documents
  const common = {
    adapter: name,
    observer: input.observer,
    ...(path === '' ? {} : { at: path }),
    ...(covers === undefined || (covers === 'kinds' && name !== 'kubernetes') ? {} : { covers }),
  } as const
  return first !== undefined && second === undefined
    ? { body: { ...common, state: first.data }, documents, holds: 'state' }
    : { body: { ...common, documents: documents.map(({ data }) => data) }, documents, holds: 'documents' }
}

function observerOf(one: SentObservation): string {
  if (one.holds !== 'itself') return one.body.observer
  const observer = memberOf(one.body, 'observer')
  return typeof observer === 'string' ? observer : ''
}
