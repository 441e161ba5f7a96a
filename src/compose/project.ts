import { elementsOf, membersOf, pointerAt, writtenMap, type Written } from '../document/written.ts'
import { isDataObject } from '../model/data.ts'
import type { DataObject } from '../model/data.ts'
import type { Document, Unreadable } from '../model/document.ts'
import { maskedValue } from '../model/masked.ts'
import type { Path } from '../model/path.ts'
import type { Note } from '../model/report.ts'
import { documentForm } from './document-form.ts'
import type { Found } from './forms.ts'
import { mergeKeys } from './merge-keys.ts'

/** A Compose document as a tree, and the way back. */
export interface ProjectedCompose {
  readonly document: Document
  /** The document's own top fields, everything in its long form. */
  readonly state: DataObject
  readonly pointer: (path: Path) => Path
  /** Contents of secrets, which are hidden. */
  readonly masked: readonly Path[]
  /** Each service, network, volume, config and secret, in the order of the document. */
  readonly objectPaths: readonly Path[]
  readonly unreadable: readonly Unreadable[]
  readonly notes: readonly Note[]
}

const named = ['services', 'networks', 'volumes', 'configs', 'secrets']

/** However many ports the ranges of a document stand for. */
const mostMade = 65_536

/** Brings a Compose document into one form, however it was written; what cannot be understood is told and left out. */
export function projectCompose(document: Document): ProjectedCompose {
  const unreadable: Unreadable[] = []
  let made = 0
  const found: Found = {
    wrong: (pointer, message) =>
      void unreadable.push({ file: document.file, position: document.locate(pointer), message }),
    mayMake: (count) => (made += count) <= mostMade,
  }
  const merged = mergeKeys(document.data)
  const notes = isDataObject(merged.data) ? unresolvedNotes(document, merged) : []
  const formed = documentForm(withoutExtensions(merged), found) ?? writtenMap([], [])
  const { written, masked } = withoutContents(formed)
  return {
    document,
    state: isDataObject(written.data) ? written.data : {},
    pointer: (path) => pointerAt(written, path),
    masked,
    objectPaths: named.flatMap((top) => labelsAt(written, top).map((label) => [top, label])),
    unreadable,
    notes,
  }
}

/** `x-…` at the top is for the document's own author: pieces that are merged elsewhere. */
function withoutExtensions(written: Written): Written {
  const members = membersOf(written)
  if (members === undefined) return written
  return writtenMap(
    written.pointer,
    [...members].filter(([label]) => !label.startsWith('x-')),
  )
}

/** Hides the texts of secrets that the document holds itself. */
function withoutContents(written: Written): { readonly written: Written; readonly masked: readonly Path[] } {
  const masked: Path[] = []
  const top = new Map(membersOf(written))
  const secrets = top.get('secrets')
  const members = secrets === undefined ? undefined : membersOf(secrets)
  if (secrets === undefined || members === undefined) return { written, masked }
  const hidden = [...members].map(([name, secret]) => {
    const content = membersOf(secret)?.get('content')
    if (content === undefined) return [name, secret] as const
    masked.push(['secrets', name, 'content'])
    const kept = [...(membersOf(secret) ?? []), ['content', { ...content, data: maskedValue }] as const]
    return [name, writtenMap(secret.pointer, kept)] as const
  })
  top.set('secrets', writtenMap(secrets.pointer, hidden))
  return { written: writtenMap(written.pointer, top), masked }
}

/** What `docker compose config` would carry out, and we do not: one note each. */
function unresolvedNotes(document: Document, merged: Written): readonly Note[] {
  const services = membersOf(merged)?.get('services')
  const extending = [...((services && membersOf(services)) ?? [])].flatMap(([, service]) => {
    const pointer = membersOf(service)?.get('extends')?.pointer
    return pointer === undefined ? [] : [pointer]
  })
  const included = membersOf(merged)?.get('include')?.pointer
  const gaps = [...gapsIn(withoutExtensions(merged))]
  const told: readonly (readonly [Path | undefined, string])[] = [
    [included, '`include` is not followed'],
    [
      extending[0],
      `\`extends\` is not carried out (${extending.length} ${extending.length === 1 ? 'service' : 'services'})`,
    ],
    [gaps[0], `\`\${…}\` is not filled in (${gaps.length} ${gaps.length === 1 ? 'value' : 'values'})`],
  ]
  return told.flatMap(([pointer, words]) =>
    pointer === undefined
      ? []
      : [
          {
            code: 'compose-unresolved',
            message: `${words}: check what \`docker compose config\` writes`,
            file: document.file,
            line: document.locate(pointer).line,
          },
        ],
  )
}

/** Where texts stand that are still to be filled in; `$$` is a dollar. */
function* gapsIn(written: Written): Generator<Path> {
  const { data, pointer } = written
  if (typeof data === 'string') {
    if (/\$(?:\{|[A-Za-z_])/.test(data.replaceAll('$$', ''))) yield pointer
    return
  }
  for (const member of membersOf(written)?.values() ?? elementsOf(written) ?? []) yield* gapsIn(member)
}

function labelsAt(written: Written, label: string): readonly string[] {
  const top = membersOf(written)?.get(label)
  return [...((top && membersOf(top))?.keys() ?? [])]
}
