import { sha256 } from '../model/sha256.ts'

// Conditional requests (RFC 9110 §13): an answer's tag is what its content hangs on, so that nobody is sent, or overwrites, what they do not know.

type Headers = Readonly<Record<string, string | undefined>>

/** The tag of an answer that hangs on nothing but these texts. */
export function tagOf(...texts: readonly string[]): string {
  return sha256(JSON.stringify(texts)).slice(0, 32)
}

/** Headers that carry a tag. */
export function tagged(tag: string): Readonly<Record<string, string>> {
  return { etag: `"${tag}"`, 'cache-control': 'private, no-cache' }
}

/** Whether the asker has the answer of this tag already: then it is 304 without a body. */
export function isKnown(headers: Headers, tag: string): boolean {
  const tags = tagsIn(headers['if-none-match'])
  return tags === '*' || tags?.includes(tag) === true
}

/** The tags that `If-Match` asks for; undefined where it is absent. */
export function matchOf(headers: Headers): readonly string[] | '*' | undefined {
  return tagsIn(headers['if-match'])
}

function tagsIn(header: string | undefined): readonly string[] | '*' | undefined {
  if (header === undefined) return undefined
  return header.trim() === '*' ? '*' : Array.from(header.matchAll(/"([^"]*)"/g), ([, tag = '']) => tag)
}

/** The first of the types that an asker takes, as `Accept` lists them by weight; the first offered where it says nothing that is offered. */
export function acceptedType<Type extends string>({ accept }: Headers, offered: readonly [Type, ...Type[]]): Type {
  const ranges = (accept ?? '*/*').split(',').map((range, index) => {
    const [name = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase())
    const weight = parameters.find((parameter) => parameter.startsWith('q='))
    return { name, index, weight: weight === undefined ? 1 : Number(weight.slice(2)) || 0 }
  })
  const wanted = ranges.filter(({ weight }) => weight > 0).toSorted((a, b) => b.weight - a.weight || a.index - b.index)
  for (const { name } of wanted) {
    const found = offered.find((type) => name === type || name === '*/*' || name === `${type.split('/', 1)[0] ?? ''}/*`)
    if (found !== undefined) return found
  }
  return offered[0]
}
