import { isJson } from '../../document/json.ts'
import { readDocuments } from '../../document/read.ts'
import { isDataObject, type Data, type DataObject } from '../../model/data.ts'
import { mapAt, memberOf } from '../../model/data-map.ts'
import { lastApplied } from '../strip.ts'
import { managedClaim, manifestClaim, type Claim } from './claim.ts'
import type { Known } from '../known-below.ts'

/** Somebody who set something of an object. */
export interface Claimant {
  /** Name of the field manager. */
  readonly by: string
  /** Whether by applying what was desired; else by any other change. */
  readonly applies: boolean
  readonly claim: Claim
}

/** An object on its way into the tree. */
export interface LiveObject {
  readonly written: DataObject
  /** As it stands in the tree. */
  readonly formed: DataObject
  readonly known: Known
  /** Whether it is of one of Kubernetes' own kinds, whose maps are all known. */
  readonly builtIn: boolean
  /** Brings another manifest of the same kind into the same form. */
  readonly form: (manifest: DataObject) => DataObject
}

/** Everybody who set something of an object: the entries of managedFields, and who left the manifest that was applied last from the client. */
export function claimantsOf({ written, formed, known, form }: LiveObject): readonly Claimant[] {
  const metadata = mapAt(written, 'metadata')
  const entries = listOf(memberOf(metadata, 'managedFields')).flatMap(entryOf)
  const claimants = entries.map(({ by, applies, fields }) => ({
    by,
    applies,
    claim: managedClaim(fields, formed, known),
  }))
  const manifest = manifestIn(memberOf(mapAt(metadata, 'annotations'), lastApplied))
  if (manifest === undefined) return claimants
  const by = entries.find(({ fields }) => wroteManifest(fields))?.by ?? 'kubectl'
  return [...claimants, { by, applies: true, claim: manifestClaim(form(manifest), formed, known) }]
}

interface Entry {
  readonly by: string
  readonly applies: boolean
  readonly fields: DataObject
}

/** An entry for a subresource is of who reports or scales, never of what is desired. */
function entryOf(entry: Data): readonly Entry[] {
  const by = memberOf(entry, 'manager')
  const fields = mapAt(entry, 'fieldsV1')
  if (typeof by !== 'string' || fields === undefined) return []
  const subresource = memberOf(entry, 'subresource') ?? ''
  return [{ by, applies: memberOf(entry, 'operation') === 'Apply' && subresource === '', fields }]
}

function wroteManifest(fields: DataObject): boolean {
  return memberOf(mapAt(mapAt(fields, 'f:metadata'), 'f:annotations'), `f:${lastApplied}`) !== undefined
}

/** The manifest in an annotation; anybody may have written anything there. */
function manifestIn(text: Data | undefined): DataObject | undefined {
  if (typeof text !== 'string' || !isJson(text)) return undefined
  const { documents } = readDocuments('annotation', Buffer.from(text), { format: 'json' })
  const data = documents[0]?.data
  return data !== undefined && isDataObject(data) ? data : undefined
}

function listOf(data: Data | undefined): readonly Data[] {
  return Array.isArray(data) ? data : []
}
