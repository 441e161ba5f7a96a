// Just enough of CUE to know which files an engine needs: the package clause and imports at the head of a file, and the
// data files that it embeds. Not a judge of CUE: a file that this cannot read is passed on, and the engine says why it is wrong.

/** What a `.cue` file says about other files. */
export interface CueHeader {
  /** Undefined: no package clause, or none that could be read. */
  readonly package?: string
  /** Import paths as written, with `:name` and `@v0` where given. */
  readonly imports: readonly string[]
  /** Whether it begins with `@ignore()`: then it takes part in nothing. */
  readonly ignored: boolean
}

/** Reads the package clause and the imports of a file; stops at the first thing that is neither. */
export function cueHeader(text: string): CueHeader {
  const attributes: string[] = []
  const words = headWords(text, attributes)
  const imports: string[] = []
  let name: string | undefined
  let word = words.next()
  const ignored = attributes.includes('ignore')
  if (word.value === 'package') {
    const given = words.next().value
    if (given !== undefined && isName(given)) name = given
    word = words.next()
  }
  while (word.value === 'import') {
    word = words.next()
    if (word.value === '(') {
      for (word = words.next(); !word.done && word.value !== ')'; word = words.next()) pushPath(imports, word.value)
      word = words.next()
    } else {
      if (word.value !== undefined && isName(word.value)) word = words.next()
      pushPath(imports, word.value)
      word = words.next()
    }
  }
  return { imports, ignored, ...(name === undefined ? {} : { package: name }) }
}

/** Which data files a `.cue` file embeds: names and globs, relative to its folder. */
export function cueEmbeds(text: string): readonly string[] {
  const found: string[] = []
  for (const attribute of text.matchAll(/@embed\(((?:"(?:[^"\\\n]|\\.)*"|[^()"\n])*)\)/g)) {
    for (const argument of (attribute[1] ?? '').matchAll(
      /\b(?:file|glob)\s*=\s*(?:"((?:[^"\\\n]|\\.)*)"|([^\s,"]+))/g,
    )) {
      found.push((argument[1] ?? argument[2] ?? '').replaceAll(/\\(.)/g, '$1'))
    }
  }
  return found
}

function pushPath(imports: string[], word: string | undefined): void {
  if (word?.startsWith('"') && word.length > 2) imports.push(word.slice(1, -1))
}

function isName(word: string): boolean {
  return /^[\p{L}_$#]/u.test(word)
}

/** Names, strings and round brackets of the head of a file, without comments and commas; attributes go by name into a list. Ends at anything else. */
function* headWords(text: string, attributes: string[]): Generator<string, undefined> {
  const skip = /(?:[\s,;\uFEFF]|\/\/[^\n]*)*/y
  const word = /[()]|"[^"\\\n]*"|[\p{L}\p{N}_$#]+/uy
  let at = 0
  for (;;) {
    skip.lastIndex = at
    skip.exec(text)
    at = skip.lastIndex
    if (text[at] === '@') {
      const end = attributeEnd(text, at)
      if (end === undefined) return undefined
      attributes.push(text.slice(at + 1, text.indexOf('(', at)))
      at = end
      continue
    }
    word.lastIndex = at
    const found = word.exec(text)
    if (!found) return undefined
    at = word.lastIndex
    yield found[0]
  }
}

/** Where an attribute that starts at a place ends: after its balanced brackets. */
function attributeEnd(text: string, start: number): number | undefined {
  let depth = 0
  for (let at = text.indexOf('(', start); at >= 0 && at < text.length; at++) {
    const character = text[at]
    if (character === '(') depth++
    else if (character === ')' && --depth === 0) return at + 1
    else if (character === '"') {
      const string = /"(?:[^"\\\n]|\\.)*"/y
      string.lastIndex = at
      if (!string.test(text)) return undefined
      at = string.lastIndex - 1
    }
  }
  return undefined
}
