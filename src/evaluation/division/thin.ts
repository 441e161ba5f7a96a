import { keepNewest } from '../../model/keep-newest.ts'
import type { Fragments, Restriction, SourceFile } from '../../engine/protocol.ts'
import { contains } from '../../model/path-pattern.ts'
import type { Path } from '../../model/path.ts'
import { entityKey } from '../entity-key.ts'
import { plainEntities, type PlainEntity } from './plain-entities.ts'

/** Shorter texts are read by an engine as fast as they are made shorter. */
const leastCharacters = 65_536
const mostKnown = 16

/**
 * Leaves out of the texts of fragments what an engine would leave out for a restriction, where that is certain from the text alone: it has
 * less to read then. Lines stay where they are.
 */
export function thinner(least = leastCharacters): (fragments: Fragments, restriction: Restriction) => Fragments {
  const known = new Map<string, readonly PlainEntity[]>()
  const entitiesOf = (text: string): readonly PlainEntity[] => {
    const found = known.get(text) ?? plainEntities(text)
    keepNewest(known, text, found, mostKnown)
    return found
  }
  return (fragments, restriction) => {
    const large = fragments.files.filter(({ name, text }) => text.length >= least && name.endsWith('.cue'))
    if (large.length === 0 || fragments.files.some(importsOthers)) return fragments
    const roots = new Set(fragments.parts.flatMap((part) => (part.kind === 'package' ? [part.dir] : [])))
    const kept = new Set(restriction.keep.map(entityKey))
    const isDivided = (path: Path): boolean =>
      restriction.patterns.some((pattern) => pattern.length === path.length && contains(pattern, path))
    // A pattern of entities ends in any label: what holds for one member of a collection holds for all.
    const divided = new Map<string, boolean>()
    const isLeftOut = ({ path, key, collection }: PlainEntity): boolean => {
      const known = divided.get(collection) ?? isDivided(path)
      divided.set(collection, known)
      return known && !kept.has(key)
    }
    const thinned = (file: SourceFile): SourceFile => {
      if (!large.includes(file) || !roots.has(folderOf(file.name))) return file
      return { ...file, text: withoutSome(file.text, entitiesOf(file.text), isLeftOut) }
    }
    return { ...fragments, files: fragments.files.map(thinned) }
  }
}

/** What a package says that others import is no part of the tree. */
function importsOthers({ name, text }: SourceFile): boolean {
  if (!name.endsWith('.cue') || !/\bimport\b/.test(text)) return false
  const imports = text.matchAll(/\bimport\b[^"(]*(?:"([^"\n]*)"|\(([^)]*)\))/g)
  const paths = Array.from(imports, ([, one, several]) => one ?? several ?? '').join(' ')
  return /[^"\s/]*\.[^"\s]*/.test(paths)
}

/** The first entity of a collection in each file stays: that the file speaks of the collection counts. */
function withoutSome(
  text: string,
  entities: readonly PlainEntity[],
  isLeftOut: (entity: PlainEntity) => boolean,
): string {
  const collections = new Set<string>()
  const pieces: string[] = []
  let from = 0
  for (const entity of entities) {
    if (!isLeftOut(entity)) continue
    if (!collections.has(entity.collection)) {
      collections.add(entity.collection)
      continue
    }
    pieces.push(text.slice(from, entity.start), '\n'.repeat(entity.lines))
    from = entity.end
  }
  return from === 0 ? text : pieces.join('') + text.slice(from)
}

function folderOf(name: string): string {
  const end = name.lastIndexOf('/')
  return end < 0 ? '.' : name.slice(0, end)
}
