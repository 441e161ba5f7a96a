import { readDocuments } from '../../../document/read.ts'
import { isDataObject, type Data } from '../../../model/data.ts'
import type { DesiredState } from '../../../model/desired.ts'
import type { PathPattern } from '../../../model/path.ts'
import { cueOutline, type CueOutline } from '../../../review/cue-outline.ts'

/** What a desired state says, counted: its top labels, and how many fields lie where a pattern reaches and below. */
export interface DesiredFields {
  readonly labels: readonly string[]
  readonly below: (pattern: PathPattern) => number
}

/** Counts the fields of a desired state: of its data where it is concrete, else of what it demands, where a list counts once. Undefined where it is neither. */
export function desiredFields({ json, cue }: Pick<DesiredState, 'json' | 'cue'>): DesiredFields | undefined {
  const data =
    json === undefined ? undefined : readDocuments('desired', Buffer.from(json), { format: 'json' }).documents[0]?.data
  if (data !== undefined)
    return { labels: isDataObject(data) ? Object.keys(data) : [], below: (pattern) => inData(data, pattern) }
  if (cue === undefined) return undefined
  const outline = cueOutline(cue)
  return { labels: outline.fields?.map(({ label }) => label) ?? [], below: (pattern) => inOutline(outline, pattern) }
}

/** What is neither a map nor a list is a field. */
function inData(data: Data, [label, ...rest]: PathPattern): number {
  if (typeof data !== 'object' || data === null || (!isDataObject(data) && !Array.isArray(data)))
    return label === undefined ? 1 : 0
  const members: readonly (readonly [string, Data])[] = Object.entries(data)
  const below = label === undefined || label === null ? members : members.filter(([name]) => name === label)
  return below.reduce((sum, [, member]) => sum + inData(member, rest), 0)
}

function inOutline({ fields }: CueOutline, [label, ...rest]: PathPattern): number {
  if (fields === undefined) return label === undefined ? 1 : 0
  const below = label === undefined || label === null ? fields : fields.filter((field) => field.label === label)
  return below.reduce((sum, { value }) => sum + inOutline(value, rest), 0)
}
