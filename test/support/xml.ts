/** An element of an XML document; texts have their entities resolved. */
export interface XmlElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly (XmlElement | string)[]
}

const legal = /^[\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]*$/u
const nameStart = String.raw`[A-Za-z_:][\w:.-]*`
const token = new RegExp(
  String.raw`<!--(?:(?!--)[^])*-->|<\?[^]*?\?>|<\/(?<close>${nameStart})\s*>|<(?<open>${nameStart})(?<attributes>(?:\s+${nameStart}\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(?<empty>\/?)>|(?<text>[^<]+)`,
  'y',
)

/** Reads an XML document without DTD or namespaces, as strictly as a parser must; throws where it is not well-formed. */
export function parseXml(text: string): XmlElement {
  if (!legal.test(text)) throw new SyntaxError('a character that XML does not have')
  const root: Open = { name: '', attributes: {}, children: [] }
  const open: Open[] = [root]
  let at = 0
  while (at < text.length) {
    token.lastIndex = at
    const groups = token.exec(text)?.groups
    if (groups === undefined && !/^(?:<!--|<\?)/.test(text.slice(at, at + 4)))
      throw new SyntaxError(`not well-formed at ${at}: ${text.slice(at, at + 40)}`)
    at = token.lastIndex
    const around = open.at(-1) ?? root
    if (groups?.['open'] !== undefined) {
      const element: Open = { name: groups['open'], attributes: attributesOf(groups['attributes'] ?? ''), children: [] }
      around.children.push(element)
      if (groups['empty'] === '') open.push(element)
    } else if (groups?.['close'] !== undefined) {
      if (around.name !== groups['close']) throw new SyntaxError(`</${groups['close']}> closes <${around.name}>`)
      open.pop()
    } else if (groups?.['text'] !== undefined) {
      if (around !== root) around.children.push(resolved(groups['text'].replaceAll(/\r\n?/g, '\n')))
      else if (groups['text'].trim() !== '') throw new SyntaxError('text outside of the root')
    }
  }
  const [element, ...others] = root.children
  if (open.length > 1 || element === undefined || typeof element === 'string' || others.length > 0)
    throw new SyntaxError('one element was expected, closed')
  return element
}

interface Open {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: (XmlElement | string)[]
}

function attributesOf(text: string): Readonly<Record<string, string>> {
  const pairs = Array.from(
    text.matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g),
    ([, name = '', double, single]) => [name, resolved((double ?? single ?? '').replaceAll(/[\t\n\r]/g, ' '))] as const,
  )
  if (new Set(pairs.map(([name]) => name)).size < pairs.length) throw new SyntaxError(`an attribute twice:${text}`)
  return Object.fromEntries(pairs)
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function resolved(text: string): string {
  return text.replaceAll(
    /&(?:#(\d+)|#x([\da-fA-F]+)|(\w+));|&/g,
    (whole, decimal?: string, hex?: string, name = '') => {
      const code = decimal === undefined ? (hex === undefined ? undefined : Number.parseInt(hex, 16)) : Number(decimal)
      const character = code === undefined ? entities[String(name)] : String.fromCodePoint(code)
      if (character === undefined || !legal.test(character)) throw new SyntaxError(`no entity: ${whole}`)
      return character
    },
  )
}
