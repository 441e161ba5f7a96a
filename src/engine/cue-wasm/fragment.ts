import type { Fragments, PackagePart } from '../protocol.ts'
import { compareText } from '../../model/order.ts'
import { NotCue, tokenize } from '../../model/cue-tokens.ts'
import type { Token } from '../../model/cue-tokens.ts'

/** A package as one struct of CUE text, or what of it this engine cannot read. */
export interface ReadPackage {
  /** Names of its files. */
  readonly files: readonly string[]
  /** The declarations of all its files, without package clauses and imports. */
  readonly body: string
  /** Constructs whose meaning would be lost; empty if the body says all that the package says. */
  readonly unreadable: readonly string[]
  /** What each file imports, and every name that it uses. */
  readonly scopes: readonly Scope[]
  /** Names of hidden definitions, which CUE keeps apart by package and one text does not. */
  readonly hidden: ReadonlySet<string>
  /** Whether a default is written anywhere. */
  readonly hasDefaults: boolean
}

/** A file's imports, path by name, and all names in it. */
export interface Scope {
  readonly imports: ReadonlyMap<string, string>
  readonly names: ReadonlySet<string>
}

/** Reads the files of a package part: those of its folder, and of the same package in the folders above. */
export function readPackage(part: PackagePart, fragments: Fragments): ReadPackage {
  const files = fragments.files.filter(({ name }) => takesPart(name)).map((file) => readFile(file.name, file.text))
  const inFolder = files.filter(({ folder }) => folder === part.dir)
  const broken = inFolder.filter((file) => file.package === undefined)
  const names = new Set(inFolder.flatMap((file) => file.package ?? []))
  const name = part.package ?? (names.size === 1 ? [...names][0] : undefined)
  if (name === undefined || name === '') return join(inFolder, broken.length > 0 ? [] : ['not one package with a name'])
  const above = files.filter((file) => file.folder !== part.dir && contains(file.folder, part.dir))
  const own = [...above, ...inFolder].filter((file) => file.package === name || broken.includes(file))
  return join(
    own.sort((a, b) => compareText(a.name, b.name)),
    own.length === 0 ? [`no package ${name}`] : [],
  )
}

interface ReadFile extends Scope {
  readonly name: string
  readonly folder: string
  /** The name in its package clause, empty without one; nothing if the file does not come apart into tokens. */
  readonly package: string | undefined
  readonly body: string
  readonly unreadable: readonly string[]
  readonly hidden: readonly string[]
  readonly hasDefaults: boolean
}

function takesPart(name: string): boolean {
  const base = name.slice(name.lastIndexOf('/') + 1)
  return /^[^._].*\.cue$/.test(base) && !/_(tool|test)\.cue$/.test(base) && !name.startsWith('cue.mod/')
}

function contains(folder: string, inner: string): boolean {
  return folder === '.' || inner.startsWith(`${folder}/`)
}

function readFile(name: string, text: string): ReadFile {
  const folder = name.includes('/') ? name.slice(0, name.lastIndexOf('/')) : '.'
  try {
    const tokens = tokenize(text)
    const header = readHeader(tokens)
    const rest = tokens.slice(header.length)
    const attributes = tokens.slice(0, header.length).filter(({ kind }) => kind === 'attribute')
    const foreign = [...header.imports.values()].filter((path) => !isStandard(path))
    return {
      ...{ name, folder, package: header.package, imports: header.imports },
      body: text.slice(rest[0]?.start ?? text.length),
      names: new Set(rest.filter(({ kind }) => kind === 'name').map((token) => token.text)),
      unreadable: [
        ...attributes.map((token) => token.text),
        ...foreign.map((path) => `import "${path}"`),
        ...unreadableIn(rest),
      ],
      hidden: rest.filter((token, i) => token.text.startsWith('_#') && isLabel(rest, i)).map((token) => token.text),
      hasDefaults: rest.some((token, i) => token.text === '*' && isPrefix(rest[i - 1])),
    }
  } catch (error) {
    if (!(error instanceof NotCue)) throw error
    const nothing = {
      package: undefined,
      body: '',
      imports: new Map(),
      names: new Set<string>(),
      hidden: [],
      hasDefaults: false,
    }
    return { ...nothing, name, folder, unreadable: [`${name}: ${error.message}`] }
  }
}

/** What stands before the first declaration: attributes, the package clause, imports. */
function readHeader(tokens: readonly Token[]): { length: number; package: string; imports: Map<string, string> } {
  const imports = new Map<string, string>()
  let name = ''
  let at = 0
  const readSpec = (): void => {
    const alias = tokens[at]?.kind === 'name' ? tokens[at++]?.text : undefined
    const path = tokens[at++]?.text.slice(1, -1) ?? ''
    imports.set(alias ?? defaultName(path), path)
  }
  for (; at < tokens.length;) {
    const [first, second] = [tokens[at], tokens[at + 1]]
    if (first?.kind === 'attribute' && name === '') at++
    else if (first?.text === 'package' && second?.kind === 'name') {
      name = second.text
      at += 2
    } else if (first?.text === 'import' && second?.text === '(') {
      at += 2
      while (at < tokens.length && tokens[at]?.text !== ')') {
        if (tokens[at]?.text === ',') at++
        else readSpec()
      }
      at++
    } else if (first?.text === 'import' && (second?.kind === 'text' || second?.kind === 'name')) {
      at++
      readSpec()
    } else if (first?.text === ',') at++
    else break
  }
  return { length: at, package: name, imports }
}

function defaultName(path: string): string {
  const last = path.slice(path.lastIndexOf('/') + 1)
  return last.includes(':') ? last.slice(last.indexOf(':') + 1) : last
}

function isStandard(path: string): boolean {
  return !(path.split('/')[0] ?? '').includes('.')
}

const attributesThatMatter = /^@(tag|if|ignore|embed|extern|experiment)\(/

/** Constructs that CUE v0.4.3 does not know or that it does not decide: each would otherwise be lost in silence. */
function unreadableIn(tokens: readonly Token[]): string[] {
  return tokens.flatMap((token, i) => {
    if (token.kind === 'attribute') return attributesThatMatter.test(token.text) ? [token.text] : []
    if (token.text === '#observed') return ['#observed']
    if (token.text === '!' && tokens[i + 1]?.text === ':') return [`${tokens[i - 1]?.text ?? ''}!`]
    if (isHidden(token) && isLabel(tokens, i)) return [`the hidden field ${token.text}`]
    return []
  })
}

/** Hidden fields ask for something only by failing; whether one stays undecided, this engine does not say. */
function isHidden({ kind, text }: Token): boolean {
  return kind === 'name' && /^_[^#]/.test(text)
}

function isLabel(tokens: readonly Token[], i: number): boolean {
  const next = tokens[i + 1]?.text
  return next === ':' || ((next === '?' || next === '!') && tokens[i + 2]?.text === ':')
}

/** Whether a `*` after this token marks a default rather than multiplies. */
function isPrefix(before: Token | undefined): boolean {
  return before === undefined || (before.kind === 'mark' && !')]}'.includes(before.text))
}

function join(files: readonly ReadFile[], problems: readonly string[]): ReadPackage {
  return {
    files: files.map(({ name }) => name),
    body: files.map(({ body }) => body).join('\n'),
    unreadable: [...new Set([...problems, ...files.flatMap((file) => file.unreadable)])].sort(compareText),
    scopes: files,
    hidden: new Set(files.flatMap((file) => file.hidden)),
    hasDefaults: files.some((file) => file.hasDefaults),
  }
}
