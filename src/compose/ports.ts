import { elementsOf, membersOf, writtenMap, type Written } from '../document/written.ts'
import type { Data } from '../model/data.ts'
import { expected, implied, keyed, textOf, type Form, type Found } from './forms.ts'
import { partsOf } from './split.ts'

/** Published ports by `<target>/<protocol>`: `published` is a text, as it may be a range; a range of targets is one entry each. */
export const ports: Form = (written, found) => {
  const elements = elementsOf(written)
  if (elements === undefined) return expected('a list of ports', written, found)
  return keyed(
    written.pointer,
    elements.flatMap((element) => portsOf(element, found)),
  )
}

type Port = readonly [string, Written]

function portsOf(element: Written, found: Found): readonly Port[] {
  const members = membersOf(element)
  if (members !== undefined) return longPort(element, members, found)
  const text = textOf(element.data)
  const short = text === undefined ? undefined : shortPorts(text)
  if (short === undefined) {
    found.wrong(element.pointer, `a port such as \`8080:80\` was expected, found ${shown(element.data)}`)
    return []
  }
  if (!found.mayMake(short.length)) {
    found.wrong(element.pointer, `\`${text}\` is too many ports: ranges of a document come to at most 65536 entries`)
    return []
  }
  const { pointer } = element
  return short.map((port): Port => {
    const members = Object.entries(port).map(([label, data]) => [label, implied(pointer, data)] as const)
    return [`${port.target}/${port.protocol}`, writtenMap(pointer, members)]
  })
}

function shown(data: Data): string {
  return typeof data === 'string' ? `\`${data}\`` : 'something else'
}

function longPort(element: Written, members: ReadonlyMap<string, Written>, found: Found): readonly Port[] {
  const { pointer } = element
  const given = members.get('target')
  const target = given === undefined ? undefined : numberIn(textOf(given.data) ?? '')
  if (given === undefined || target === undefined || target === '') {
    found.wrong(given?.pointer ?? pointer, 'a port needs `target`, the port inside of the container')
    return []
  }
  const protocol = members.get('protocol') ?? implied(pointer, 'tcp')
  const published = members.get('published')
  const text = published === undefined ? undefined : textOf(published.data)
  const complete = writtenMap(pointer, [
    ['mode', implied(pointer, 'ingress')],
    ...[...members].filter(([, { data }]) => data !== null),
    ['target', { ...given, data: target }],
    ['protocol', protocol],
    ...(published === undefined || text === undefined ? [] : [['published', { ...published, data: text }] as const]),
  ])
  return [[`${target}/${textOf(protocol.data) ?? ''}`, complete]]
}

interface ShortPort {
  readonly target: number | string
  readonly protocol: string
  readonly published?: string
  readonly host_ip?: string
  readonly mode: 'ingress'
}

/** `[HOST:][PUBLISHED:]TARGET[/PROTOCOL]` */
function shortPorts(text: string): readonly ShortPort[] | undefined {
  const [, address = '', protocol = 'tcp'] = /^(.*?)(?:\/([A-Za-z]+))?$/s.exec(text) ?? []
  const parts = partsOf(address)
  const target = parts.at(-1) ?? ''
  const published = parts.length > 1 ? (parts.at(-2) ?? '') : ''
  const host = parts
    .slice(0, -2)
    .join(':')
    .replace(/^\[(.*)\]$/, '$1')
  const targets = portRange(target)
  if (targets === undefined || (published !== '' && portRange(published) === undefined)) return undefined
  const one = targets[0] === targets[1]
  const outside = portRange(published)
  const [from, to] = [targets[0], targets[1]]
  if (typeof from !== 'number' || typeof to !== 'number') return [port(from, published, host, protocol)]
  const isParallel = outside !== undefined && Number(outside[1]) - Number(outside[0]) === to - from
  if (!one && published !== '' && !isParallel) return undefined
  return Array.from({ length: to - from + 1 }, (_, step) =>
    port(from + step, one || published === '' ? published : String(Number(outside?.[0]) + step), host, protocol),
  )
}

function port(target: number | string, published: string, host: string, protocol: string): ShortPort {
  return {
    mode: 'ingress',
    ...(host === '' ? {} : { host_ip: host }),
    target,
    ...(published === '' ? {} : { published }),
    protocol: protocol.toLowerCase(),
  }
}

/** The first and last of `8000-8010`, or one port twice; a text that is still to be filled in stays one. */
function portRange(text: string): readonly [number | string, number | string] | undefined {
  if (text.includes('$')) return [text, text]
  const [, first, last = first] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text) ?? []
  const [from, to] = [Number(first), Number(last)]
  return first !== undefined && from <= to && to <= 65_535 ? [from, to] : undefined
}

function numberIn(text: string): number | string | undefined {
  return /^\d{1,5}$/.test(text) ? Number(text) : text.includes('$') ? text : undefined
}
