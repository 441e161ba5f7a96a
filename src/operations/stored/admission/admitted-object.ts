import { dataReading, dataText } from '../../../document/data-reading.ts'
import type { AdmissionRequest } from '../../../kubernetes/admission-review.ts'
import { projectKubernetes } from '../../../kubernetes/project.ts'
import { type Data, type DataObject, isDataObject } from '../../../model/data.ts'
import type { Applied, AppliedFields } from '../../../model/applied.ts'
import { dataMap, memberOf } from '../../../model/data-map.ts'
import { formatPath, formatPattern, type Path } from '../../../model/path.ts'
import type { StoredSnapshot } from '../../../model/stored-snapshot.ts'
import type { Workspace } from '../../../model/workspace.ts'
import { parseAt } from '../../../observation/at.ts'
import type { NamedFile } from '../../../observation/cut-request.ts'
import { manifestSettings } from '../manifest-settings.ts'

/** An object that is to be admitted, as one more report: it has seen all that others said, and looked at the object alone. */
export interface AdmittedObject {
  /** Where it stands in the tree. */
  readonly path: Path
  readonly file: NamedFile
}

/** What an object is laid over. */
interface Under {
  readonly workspace: Workspace
  readonly environment: string
  /** CustomResourceDefinitions of its fragments. */
  readonly definitions: readonly DataObject[]
  readonly snapshots: readonly StoredSnapshot[]
  readonly now: Date
}

const observer = 'admission'

/** Undefined where there is nothing to check: another operation than on an object itself, or an object that checks leave out. */
export function admittedObject(request: AdmissionRequest, under: Under): AdmittedObject | undefined {
  const { operation, subresource, object } = request
  if (operation === 'CONNECT' || subresource !== undefined || object === undefined) return undefined
  const { workspace, environment, definitions } = under
  const entry = workspace.observations?.find(
    (one) => one.adapter === 'kubernetes' && (one.environment ?? environment) === environment,
  )
  const { documents } = dataReading(`${observer}.json`, object)
  const { hooks: _, ...settings } = manifestSettings(workspace, environment, entry, definitions)
  const projected = projectKubernetes(documents, settings)
  const [inTree] = projected.objectPaths
  if (inTree === undefined) return undefined
  const at = parseAt(entry?.at).prefix
  const path = [...at, ...inTree]
  const isThere = operation !== 'DELETE'
  const value = inTree.reduce<Data | undefined>((data, label) => memberOf(data, label), projected.state)
  const state = isThere && value !== undefined ? standingAt(path, value) : dataMap([])
  const document = dataMap([
    ['snapshot', 1],
    ['observer', observer],
    ['sequence', 0],
    ['observedAt', under.now.toISOString()],
    ['seen', seenOf(under.snapshots)],
    ['covers', [formatPattern(path)]],
    ['masked', isThere ? projected.masked.map((masked) => formatPath([...at, ...masked])) : []],
    ['applied', isThere ? projected.applied.map((one) => appliedBelow(at, one)) : []],
    ['state', isDataObject(state) ? state : dataMap([])],
  ])
  const read = async (): ReturnType<NamedFile['read']> => ({ ok: true, bytes: Buffer.from(dataText(document)) })
  const reported = { observer, adapter: 'snapshot', at: '' } as const
  return { path, file: { name: `${observer}.json`, data: document, read, reported } }
}

function appliedBelow(at: Path, { at: inTree, by, fields }: Applied): Data {
  return dataMap([
    ['at', formatPath([...at, ...inTree])],
    ['by', by],
    ['fields', fieldsData(fields)],
  ])
}

function fieldsData(fields: AppliedFields): Data {
  return dataMap(Object.entries(fields).map(([label, below]) => [label, fieldsData(below)]))
}

function standingAt(path: Path, value: Data): Data {
  return path.toReversed().reduce((below, label) => dataMap([[label, below]]), value)
}

function seenOf(snapshots: readonly StoredSnapshot[]): Data {
  const newest = new Map<string, number>()
  for (const { observer: name, sequence } of snapshots) newest.set(name, Math.max(sequence, newest.get(name) ?? 0))
  return dataMap(newest)
}
