import { elementsOf, membersOf, writtenMap, type Written } from '../document/written.ts'
import { Decimal, isDataList, isDataObject, type Data } from '../model/data.ts'
import type { Path } from '../model/path.ts'

/** Brings what stands at a place into its long form; undefined for what has no form at all, once that is reported. */
export type Form = (written: Written, found: Found) => Written | undefined

/** What is told of a document on the way. */
export interface Found {
  wrong(pointer: Path, message: string): void
  /** Whether so many more values may be made of what the document says in one. */
  mayMake(count: number): boolean
}

/** What a value is, in words. */
function described(data: Data): string {
  if (data === null) return 'nothing'
  if (isDataList(data)) return 'a list'
  if (isDataObject(data)) return 'a map'
  return typeof data === 'string' ? 'a text' : typeof data === 'boolean' ? 'a boolean' : 'a number'
}

/** Reports that something else was expected. */
export function expected(what: string, { data, pointer }: Written, found: Found): undefined {
  found.wrong(pointer, `${what} was expected, found ${described(data)}`)
}

/** A scalar as text, as an environment or a label has it. */
export function textOf(data: Data): string | undefined {
  if (typeof data === 'string') return data
  if (typeof data === 'number' || typeof data === 'bigint' || typeof data === 'boolean') return String(data)
  return data instanceof Decimal ? data.text : undefined
}

/** A map, each of whose known members is brought into its form. */
export function mapOf(what: string, forms: Readonly<Record<string, Form>>): Form {
  return (written, found) => {
    const members = membersOf(written)
    if (members === undefined) return expected(what, written, found)
    return writtenMap(
      written.pointer,
      [...members].flatMap(([label, member]) => {
        const form = Object.hasOwn(forms, label) ? forms[label] : undefined
        const made = form === undefined || member.data === null ? member : form(member, found)
        return made === undefined ? [] : [[label, made] as const]
      }),
    )
  }
}

/** A map from names to things of one form; a thing that is nothing has nothing but defaults. */
export function namedOf(what: string, form: Form): Form {
  return (written, found) => {
    const members = membersOf(written)
    if (members === undefined) return expected(what, written, found)
    return writtenMap(
      written.pointer,
      [...members].flatMap(([label, member]) => {
        const made = form(member.data === null ? emptyMap(member.pointer) : member, found)
        return made === undefined ? [] : [[label, made] as const]
      }),
    )
  }
}

/** A text where a list may stand, and a list; each element in its form. */
export function listOf(what: string, element: Form = (one) => one): Form {
  return (written, found) => {
    const elements = typeof written.data === 'string' ? [written] : elementsOf(written)
    if (elements === undefined) return expected(what, written, found)
    return { pointer: written.pointer, data: elements.flatMap((one) => element(one, found)?.data ?? []) }
  }
}

/** Takes what the form does not know as it is. */
export const asItIs: Form = (written) => written

export function emptyMap(pointer: Path): Written {
  return writtenMap(pointer, [])
}

/** A value that the document says nowhere, at the place that implies it. */
export function implied(pointer: Path, data: Data): Written {
  return { pointer, data }
}

/** A map of things by key: the second of one key is `KEY#2`. */
export function keyed(pointer: Path, entries: Iterable<readonly [string, Written]>): Written {
  const members = new Map<string, Written>()
  const counts = new Map<string, number>()
  for (const [key, one] of entries) {
    let count = (counts.get(key) ?? 0) + 1
    while (count > 1 && members.has(`${key}#${count}`)) count++
    counts.set(key, count)
    members.set(count === 1 ? key : `${key}#${count}`, one)
  }
  return writtenMap(pointer, members)
}
