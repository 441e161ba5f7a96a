import { elementsOf, membersOf, writtenMap, type Written } from '../document/written.ts'
import { expected, keyed, textOf, type Form, type Found } from './forms.ts'

/** A list of `NAME=value` or a map, as a map of texts. What is named without a value is `bare`: of an environment null, of labels ''. */
export function assignments(bare: null | ''): Form {
  return (written, found) => {
    const elements = elementsOf(written)
    const members = elements === undefined ? membersOf(written) : undefined
    if (elements !== undefined)
      return writtenMap(
        written.pointer,
        elements.flatMap((element) => assignment(element, bare, found)),
      )
    if (members === undefined) return expected('a map, or a list of `NAME=value`,', written, found)
    return writtenMap(
      written.pointer,
      [...members].flatMap(([name, member]) => {
        const text = member.data === null ? bare : textOf(member.data)
        if (text !== undefined) return [[name, { pointer: member.pointer, data: text }] as const]
        expected('a text', member, found)
        return []
      }),
    )
  }
}

function assignment(element: Written, bare: null | '', found: Found): readonly (readonly [string, Written])[] {
  const { data, pointer } = element
  if (typeof data !== 'string') {
    expected('a text `NAME=value`', element, found)
    return []
  }
  const [name, value] = cutAt(data, '=')
  return [[name, { pointer, data: value ?? bare }]]
}

/** `host:address` or `host=address` in a list, or a map, as a map of texts; a host of several addresses is `HOST`, `HOST#2`. */
export const hosts: Form = (written, found) => {
  const elements = elementsOf(written)
  if (elements !== undefined)
    return keyed(
      written.pointer,
      elements.flatMap((element) => {
        const { data, pointer } = element
        const parts = typeof data === 'string' ? cutAt(data, data.includes('=') ? '=' : ':') : undefined
        const [host, address] = parts ?? []
        if (host !== undefined && address !== undefined) return [[host, { pointer, data: address }] as const]
        expected('a text `HOST=address`', element, found)
        return []
      }),
    )
  const members = membersOf(written)
  if (members === undefined) return expected('a map, or a list of `HOST=address`,', written, found)
  return keyed(
    written.pointer,
    [...members].flatMap(([host, member]) =>
      (elementsOf(member) ?? [member]).flatMap((one) => {
        const data = textOf(one.data)
        if (data !== undefined) return [[host, { ...one, data }] as const]
        expected('an address', one, found)
        return []
      }),
    ),
  )
}

/** The text before the first separator, and the text after it if it is there. */
function cutAt(text: string, separator: string): readonly [string, string?] {
  const at = text.indexOf(separator)
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + 1)]
}
