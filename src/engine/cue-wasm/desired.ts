import { compareText } from '../../model/order.ts'
import type { Fragments, Part } from '../protocol.ts'
import { sortedParts } from './digest.ts'
import { readPackage } from './fragment.ts'
import type { ReadPackage, Scope } from './fragment.ts'

/** All parts of an environment as one CUE expression, or why there is none. */
export interface DesiredText {
  /** Import declarations, to stand before any expression. */
  readonly imports: string
  /** The parts, each in its own scope, joined by `&`. */
  readonly expression: string
  /** Parts of which something would be lost; the expression has a meaning only if there are none. */
  readonly unreadable: readonly UnreadablePart[]
  /** Whether a default is written anywhere. */
  readonly hasDefaults: boolean
  /** Names of the files that take part. */
  readonly files: ReadonlySet<string>
}

/** A part, and the constructs in it that this engine cannot read. */
export interface UnreadablePart {
  readonly part: string
  readonly team: string
  readonly constructs: readonly string[]
}

/** Where a workspace says what module it is, and which version of the language it is written in. */
export const moduleFile = 'cue.mod/module.cue'

/** Joins the parts in an order of their own, whatever order they come in. */
export function desiredText(fragments: Fragments): DesiredText {
  const parts = sortedParts(fragments).map((part) => ({
    name: nameOf(part),
    team: part.team,
    read: readPart(part, fragments),
  }))
  const imports = new Map(parts.flatMap(({ read }) => read.scopes).flatMap((scope) => [...scope.imports]))
  const unreadable = parts.flatMap(({ name, team, read }) => {
    const others = parts.flatMap((other) => (other.read === read ? [] : [...other.read.hidden]))
    const constructs = [
      ...read.unreadable,
      ...read.scopes.flatMap((scope) => foreignNames(scope, imports)),
      ...[...read.hidden].filter((hidden) => others.includes(hidden)).map((hidden) => `${hidden} of two packages`),
    ]
    return constructs.length === 0 ? [] : [{ part: name, team, constructs: [...new Set(constructs)].sort(compareText) }]
  })
  return {
    imports: [...imports].map(([name, path]) => `import ${name} "${path}"\n`).join(''),
    expression: ['{}', ...parts.map(({ read }) => `{\n${read.body}\n}`)].join(' & '),
    unreadable,
    hasDefaults: parts.some(({ read }) => read.hasDefaults),
    files: new Set([
      ...fragments.files.map(({ name }) => name).filter((name) => name === moduleFile),
      ...parts.flatMap(({ read }) => read.files),
    ]),
  }
}

function nameOf(part: Part): string {
  if (part.kind !== 'package') return part.file
  return part.package === undefined ? part.dir : `${part.dir}:${part.package}`
}

function readPart(part: Part, fragments: Fragments): ReadPackage {
  if (part.kind === 'package') return readPackage(part, fragments)
  if (part.kind === 'schema' || part.kind === 'starlark') {
    const what =
      part.kind === 'starlark' ? 'Starlark' : part.as === 'crd' ? 'a CustomResourceDefinition' : 'a JSON Schema'
    return { files: [], body: '', unreadable: [what], scopes: [], hidden: new Set(), hasDefaults: false }
  }
  const unreadable = part.masked === undefined || part.masked.length === 0 ? [] : ['masked values']
  return { files: [], body: part.json, unreadable, scopes: [], hidden: new Set(), hasDefaults: false }
}

/** Names of a file that would come to mean an import which the file itself does not have. */
function foreignNames(scope: Scope, imports: ReadonlyMap<string, string>): string[] {
  return [...imports]
    .filter(([name, path]) => scope.names.has(name) && scope.imports.get(name) !== path)
    .map(([name]) => `the name ${name}, which another file imports`)
}
