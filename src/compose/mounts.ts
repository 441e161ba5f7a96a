import { elementsOf, membersOf, writtenMap, type Written } from '../document/written.ts'
import { expected, implied, keyed, type Form, type Found } from './forms.ts'
import { partsOf } from './split.ts'

/** What is mounted into a service, by the place where it is in there. */
export const mounts: Form = (written, found) => {
  const elements = elementsOf(written)
  if (elements === undefined) return expected('a list of volumes', written, found)
  return keyed(
    written.pointer,
    elements.flatMap((element) => mountOf(element, found)),
  )
}

function mountOf(element: Written, found: Found): readonly (readonly [string, Written])[] {
  const { data, pointer } = element
  if (typeof data === 'string') {
    const [target, members] = shortMount(data)
    return [
      [
        target,
        writtenMap(
          pointer,
          [...members].map(([label, value]) => [label, implied(pointer, value)] as const),
        ),
      ],
    ]
  }
  const target = membersOf(element)?.get('target')?.data
  if (typeof target === 'string') return [[target, element]]
  found.wrong(pointer, 'a volume was expected: a text such as `data:/var/lib/data`, or a map with `target`')
  return []
}

type Mount = ReadonlyMap<string, string | boolean | Record<string, string | boolean>>

/** `TARGET`, or `SOURCE:TARGET[:OPTIONS]`. */
function shortMount(text: string): readonly [string, Mount] {
  const [first = '', second, options = ''] = withDrive(partsOf(text))
  if (second === undefined)
    return [
      first,
      new Map([
        ['type', 'volume'],
        ['target', first],
      ]),
    ]
  const type = typeOfSource(first)
  const mount = new Map<string, string | boolean | Record<string, string | boolean>>([
    ...(type === undefined ? [] : [['type', type] as const]),
    ['source', first],
    ['target', second],
  ])
  for (const option of options.split(',')) {
    if (option === 'ro') mount.set('read_only', true)
    else if (option === 'z' || option === 'Z') mount.set('bind', { selinux: option })
    else if (/^r?(?:shared|slave|private)$/.test(option)) mount.set('bind', { propagation: option })
    else if (option === 'nocopy') mount.set('volume', { nocopy: true })
    else if (/^(?:consistent|cached|delegated)$/.test(option)) mount.set('consistency', option)
  }
  return [second, mount]
}

/** A path of the host is bound, a name is a volume; what is still to be filled in may be either. */
export function typeOfSource(source: string): 'bind' | 'volume' | undefined {
  if (source.startsWith('$')) return undefined
  return /^(?:[./~\\]|[A-Za-z]:[\\/])/.test(source) ? 'bind' : 'volume'
}

/** A drive's letter belongs to the path after it. */
function withDrive(parts: readonly string[]): readonly string[] {
  const [first = '', second, ...rest] = parts
  const isDrive = /^[A-Za-z]$/.test(first) && second !== undefined && /^[\\/]/.test(second)
  return isDrive ? [`${first}:${second}`, ...rest] : parts
}
