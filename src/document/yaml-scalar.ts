import type { Scalar } from 'yaml'
import type { Data } from '../model/data.ts'
import { exactNumber, integer } from './number.ts'

const prefix = 'tag:yaml.org,2002:'

/** Explicit tags of scalars that say what JSON can say. */
const scalarTags: ReadonlySet<string> = new Set(['str', 'int', 'float', 'bool', 'null'].map((name) => prefix + name))

/** The exact value of a scalar, or why it has none. */
export function yamlScalar(node: Scalar, kubernetes: boolean): { readonly data: Data } | { readonly refused: string } {
  const tag = node.tag
  if (tag !== undefined && tag !== '!' && !scalarTags.has(tag)) return { refused: unknownTag(tag) }
  const value = tag === `${prefix}float` && isWhole(node.value) ? BigInt(node.value) : node.value
  if (tag !== undefined && !agrees(tag, value))
    return { refused: `\`${node.source ?? ''}\` is not what its tag \`${shortTag(tag)}\` says` }
  if (typeof value === 'bigint') return { data: integer(String(value)) }
  if (typeof value === 'number' && tag === undefined && hasNoDigits(node)) return { data: node.source ?? '' }
  if (typeof value === 'number') return number(node.source ?? String(value))
  if (typeof value === 'string') return { data: kubernetes ? modernOctal(node, value) : value }
  if (typeof value === 'boolean' || value === null) return { data: value }
  return { refused: 'the value is not plain data' }
}

/** How a tag that is not plain data is refused. */
export function unknownTag(tag: string): string {
  return `the tag \`${shortTag(tag)}\` is not plain data; only what JSON can say is read`
}

function shortTag(tag: string): string {
  return tag.startsWith(prefix) ? `!!${tag.slice(prefix.length)}` : tag
}

function agrees(tag: string, value: unknown): boolean {
  switch (tag) {
    case `${prefix}int`:
      return typeof value === 'bigint'
    case `${prefix}float`:
      return typeof value === 'number' || typeof value === 'bigint'
    case `${prefix}bool`:
      return typeof value === 'boolean'
    case `${prefix}null`:
      return value === null
    default:
      return typeof value === 'string'
  }
}

/** The parser leaves `!!float 3` a text. */
function isWhole(value: unknown): value is string {
  return typeof value === 'string' && /^-?\d{1,1000}$/.test(value)
}

/** In YAML 1.1 the parser takes `.` and `e5` for numbers, which nobody else does. */
function hasNoDigits({ source = '' }: Scalar): boolean {
  return /^[-+]?\.?_*(?:[eE][-+]?\d+)?$/.test(source)
}

function number(source: string): { readonly data: Data } | { readonly refused: string } {
  const text = source
    .replaceAll('_', '')
    .replace(/^\+/, '')
    .replace(/^(-?)\./, '$10.')
    .replace(/\.(?=$|[eE])/, '')
  if (/inf|nan/i.test(text)) return { refused: `\`${source}\` is not a number that JSON has` }
  const exact = exactNumber(text.replace(/^(-?)0+(?=\d)/, '$1'))
  return exact === undefined
    ? { refused: `the number \`${source.slice(0, 40)}\` is too long or out of range` }
    : { data: exact }
}

/** Kubernetes' parser reads YAML 1.1 and the octal numbers of 1.2. */
function modernOctal(node: Scalar, value: string): Data {
  const digits = node.type === 'PLAIN' && node.tag === undefined ? /^([-+]?)0o([0-7]+)$/.exec(value) : null
  if (digits === null) return value
  const octal = BigInt(`0o${digits[2] ?? '0'}`)
  return integer(String(digits[1] === '-' ? -octal : octal))
}
