import { NotCue, tokenize, type Token } from '../model/cue-tokens.ts'
import type { Conjunct, Kind } from '../model/finding.ts'

/** Kinds about which nothing is wanted at their path. */
const other: ReadonlySet<Kind> = new Set(['breach', 'unreadable', 'exemption', 'lint'])

const longest = 200

/** What the conjuncts of a finding ask for, as one line of CUE without attributes and messages: `>=2 & int`; undefined where none says it. */
export function wantedOf(kind: Kind, conjuncts: readonly Conjunct[]): string | undefined {
  if (other.has(kind)) return undefined
  const texts = conjuncts.flatMap(({ text }) => (text === undefined ? [] : demandOf(text)))
  if (texts.length === 0) return undefined
  const all = [...new Set(texts)].map((text, _, { length }) => (length > 1 && text.includes('|') ? `(${text})` : text))
  const wanted = all.join(' & ')
  return wanted.length <= longest ? wanted : `${wanted.slice(0, longest - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
}

/** A conjunct without its attributes and without the alternative that only says what is wrong; none where nothing else is said. */
function demandOf(text: string): readonly string[] {
  try {
    let demand = ''
    let at = 0
    for (const [from, to] of silent(text, tokenize(text))) {
      demand += text.slice(at, from)
      at = to
    }
    const line = onOneLine(demand + text.slice(at))
    return line === '' ? [] : [line]
  } catch (error) {
    if (error instanceof NotCue) return [onOneLine(text)]
    throw error
  }
}

/** A line that ends an element ends it with a comma. */
function onOneLine(text: string): string {
  return text
    .replaceAll(/([^\s{[(,&|])[^\S\n]*\n\s*(?=[^\s}\])&|])/g, '$1, ')
    .replaceAll(/\s+/g, ' ')
    .trim()
}

/** Where a text says nothing that is wanted. */
function silent(text: string, tokens: readonly Token[]): readonly (readonly [from: number, to: number])[] {
  return tokens.flatMap((token, index): (readonly [number, number])[] => {
    if (token.kind === 'attribute') return [[token.start, token.end]]
    if (token.text !== 'error' || token.kind !== 'name' || tokens[index + 1]?.text !== '(') return []
    const before = tokens[index - 1]
    const close = closeOf(tokens, index + 1)
    const after = close === undefined ? undefined : tokens[tokens.indexOf(close) + 1]
    if (close === undefined) return [[token.start, text.length]]
    if (before?.text === '|') return [[before.start, close.end]]
    return after?.text === '|' ? [[token.start, after.end]] : [[token.start, close.end]]
  })
}

function closeOf(tokens: readonly Token[], open: number): Token | undefined {
  let depth = 0
  return tokens.find(({ kind, text }, index) => {
    if (index < open || kind !== 'mark') return false
    if (text === '(') depth++
    return text === ')' && --depth === 0
  })
}
