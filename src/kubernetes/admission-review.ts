import { Fault } from '../errors.ts'
import type { Data, DataObject } from '../model/data.ts'
import { dataMap, mapAt, memberOf } from '../model/data-map.ts'

/** What an API server is about to do, as far as a check needs it. */
export interface AdmissionRequest {
  readonly uid: string
  readonly operation: 'CREATE' | 'UPDATE' | 'DELETE' | 'CONNECT'
  /** `scale`, `status`; absent for an object itself. */
  readonly subresource?: string
  readonly dryRun: boolean
  /** The object: of DELETE as it was, with the namespace and the name that the request says where it leaves them out. */
  readonly object?: DataObject
}

/** What is answered: `response` of an AdmissionReview. */
export interface AdmissionResponse {
  readonly uid: string
  readonly allowed: boolean
  readonly status?: { readonly code: 403; readonly reason: 'Forbidden'; readonly message: string }
  readonly warnings?: readonly string[]
  readonly auditAnnotations: Readonly<Record<string, string>>
}

/** An answer as an API server takes it. */
export interface AdmissionReview {
  readonly apiVersion: 'admission.k8s.io/v1'
  readonly kind: 'AdmissionReview'
  readonly response: AdmissionResponse
}

const operations = ['CREATE', 'UPDATE', 'DELETE', 'CONNECT'] as const

/** Reads an AdmissionReview of `admission.k8s.io/v1`; throws a Fault BODY_INVALID for anything else. */
export function readAdmissionReview(review: Data): AdmissionRequest {
  const version = memberOf(review, 'apiVersion')
  if (version !== 'admission.k8s.io/v1' || memberOf(review, 'kind') !== 'AdmissionReview')
    throw invalid('`apiVersion: admission.k8s.io/v1` and `kind: AdmissionReview` are required')
  const request = mapAt(review, 'request')
  if (request === undefined) throw invalid('`request` is missing')
  const uid = textAt(request, 'uid')
  const operation = operations.find((known) => known === request['operation'])
  if (uid === undefined) throw invalid('`request.uid` is missing')
  if (operation === undefined) throw invalid(`\`request.operation\` must be one of ${operations.join(', ')}`)
  const subresource = textAt(request, 'subResource')
  const object = mapAt(request, operation === 'DELETE' ? 'oldObject' : 'object')
  return {
    uid,
    operation,
    dryRun: request['dryRun'] === true,
    ...(subresource === undefined ? {} : { subresource }),
    ...(object === undefined ? {} : { object: namedByRequest(object, request) }),
  }
}

/** Wraps an answer. */
export function admissionReview(response: AdmissionResponse): AdmissionReview {
  return { apiVersion: 'admission.k8s.io/v1', kind: 'AdmissionReview', response }
}

/** The object with the namespace and the name of the request: an API server may leave to the request what it will write into the object. */
export function namedByRequest(object: DataObject, request: DataObject): DataObject {
  const metadata = mapAt(object, 'metadata') ?? dataMap([])
  const missing = ['namespace', 'name'].flatMap((label): [string, string][] => {
    const said = textAt(request, label)
    return said === undefined || textAt(metadata, label) !== undefined ? [] : [[label, said]]
  })
  if (missing.length === 0) return object
  return dataMap([...Object.entries(object), ['metadata', dataMap([...Object.entries(metadata), ...missing])]])
}

function textAt(data: Data, label: string): string | undefined {
  const value = memberOf(data, label)
  return typeof value === 'string' && value !== '' ? value : undefined
}

function invalid(what: string): Fault {
  return new Fault('BODY_INVALID', `not an AdmissionReview: ${what}`)
}
