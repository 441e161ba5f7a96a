import type { Path } from '../model/path.ts'
import type { Note } from '../model/report.ts'
import type { Item } from './flatten.ts'
import { groupBy } from './group-by.ts'
import type { FormedObject, IrregularList } from './object.ts'
import { objectName, type Place } from './place.ts'

/** An item that was left out, and why. */
export interface Skipped {
  readonly item: Item
  readonly reason: keyof typeof reasons
  readonly what: string
}

const reasons = {
  'build-input': 'input of kustomize, no object',
  local: 'local configuration, not for a cluster',
  nameless: 'without `metadata.name`',
  hook: 'a hook of Helm',
  controlled: 'made by the controller of another object',
} as const

/** One note for each file and reason. */
export function skippedNotes(skipped: readonly Skipped[]): readonly Note[] {
  const groups = groupBy(skipped, ({ item, reason }) => `${reason} ${item.document.file}`)
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (first === undefined) return []
    const message = `skipped (${reasons[first.reason]}): ${counted(group.map(({ what }) => what))}`
    return [{ code: 'object-skipped', message, ...lineOf(first.item) }]
  })
}

/** One note for each kind whose scope nobody tells, and one for each object that names a namespace to no effect. */
export function doubtNotes(
  doubts: readonly { readonly item: Item; readonly kind: string; readonly place: Place }[],
): readonly Note[] {
  const unknown = groupBy(
    doubts.filter(({ place }) => place.doubt === 'scope-unknown'),
    ({ kind }) => kind,
  )
  const notes: Note[] = [...unknown].flatMap(([kind, group]) =>
    group.slice(0, 1).map(({ item }) => ({
      code: 'scope-unknown',
      message: `nothing says whether \`${kind}\` belongs to a namespace; ${group.length} without one stand below \`cluster\``,
      ...lineOf(item),
    })),
  )
  for (const { item, place } of doubts) {
    if (place.doubt !== 'namespace-ignored') continue
    notes.push({
      code: 'namespace-ignored',
      message: `\`${objectName(place.path)}\` names a namespace, but its kind belongs to the cluster`,
      ...lineOf(item),
    })
  }
  return notes
}

/** One note for each list in which a key is repeated or absent. */
export function listNotes(path: Path, object: FormedObject): readonly Note[] {
  return object.irregular.map((list) => ({
    code: 'list-key',
    message: describe(path, list),
    ...lineOf({ ...object.manifest.item, pointer: object.pointer(list.path) }),
  }))
}

function describe(path: Path, { path: inside, keys }: IrregularList): string {
  const parts: string[] = []
  const [first] = keys.repeated
  const more = keys.repeated.length > 1 ? ` and ${keys.repeated.length - 1} more keys` : ''
  if (first !== undefined)
    parts.push(`more than one element has the key \`${first}\`${more}, so the second is \`${first}#2\``)
  if (keys.unkeyed > 0) parts.push(`elements without a key (${keys.unkeyed}) are named by position`)
  return `in \`${objectName(path)}\` at \`${inside.join('.')}\`: ${parts.join('; ')}`
}

function counted(names: readonly string[]): string {
  const counts = [...groupBy(names, (name) => name)].map(([name, group]) => `${group.length} \`${name}\``)
  return counts.sort().join(', ')
}

function lineOf({ document, pointer }: Pick<Item, 'document' | 'pointer'>): {
  readonly file: string
  readonly line: number
} {
  return { file: document.file, line: document.locate(pointer).line }
}
