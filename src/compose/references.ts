import { elementsOf, membersOf, writtenMap, type Written } from '../document/written.ts'
import { emptyMap, expected, implied, keyed, type Form, type Found } from './forms.ts'

/** A list of names or a map, as a map by name; `made` says what a name alone stands for. */
function byName(what: string, made: (written: Written) => Written, complete: (member: Written) => Written): Form {
  return (written, found) => {
    const elements = elementsOf(written)
    if (elements !== undefined)
      return writtenMap(
        written.pointer,
        elements.flatMap((element) => {
          if (typeof element.data === 'string') return [[element.data, made(element)] as const]
          expected('a name', element, found)
          return []
        }),
      )
    const members = membersOf(written)
    if (members === undefined) return expected(what, written, found)
    return writtenMap(
      written.pointer,
      [...members].map(([name, member]) => [name, member.data === null ? made(member) : complete(member)] as const),
    )
  }
}

/** What a service waits for: by default that the other one was started, and it must be there. */
export const dependencies: Form = byName(
  'a map, or a list of services,',
  ({ pointer }) =>
    writtenMap(pointer, [
      ['condition', implied(pointer, 'service_started')],
      ['required', implied(pointer, true)],
    ]),
  (member) => {
    const members = membersOf(member)
    if (members === undefined || members.has('required')) return member
    return writtenMap(member.pointer, [...members, ['required', implied(member.pointer, true)]])
  },
)

/** Networks that a service is in. */
export const networks: Form = byName(
  'a map, or a list of networks,',
  ({ pointer }) => emptyMap(pointer),
  (member) => member,
)

/** Secrets or configs that a service gets, by their source. */
export const grants: Form = (written, found) => {
  const elements = elementsOf(written)
  if (elements === undefined) return expected('a list', written, found)
  return keyed(
    written.pointer,
    elements.flatMap((element) => grant(element, found)),
  )
}

function grant(element: Written, found: Found): readonly (readonly [string, Written])[] {
  if (typeof element.data === 'string') return [[element.data, writtenMap(element.pointer, [['source', element]])]]
  const source = membersOf(element)?.get('source')?.data
  if (typeof source === 'string') return [[source, element]]
  expected('a name, or a map with `source`,', element, found)
  return []
}
