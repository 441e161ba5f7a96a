import type { Fragments } from '../engine/protocol.ts'
import { compareText } from '../model/order.ts'
import { digestOf } from './digest.ts'

const mostKnown = 8

/** Digests fragments; those that say the same as one of the last ones are compared, not digested again. */
export function fragmentsDigests(): (fragments: Fragments) => string {
  let known: { readonly fragments: Fragments; readonly digest: string }[] = []
  return (fragments) => {
    const same = known.find((one) => isSame(one.fragments, fragments))
    const found = same ?? { fragments, digest: digestOf(textsOf(fragments)) }
    known = [found, ...known.filter((one) => one !== same)].slice(0, mostKnown)
    return found.digest
  }
}

function* textsOf({ files, parts, tags, limits }: Fragments): Iterable<string> {
  yield JSON.stringify([
    files.map(({ name, team }) => [name, team ?? null]),
    limits,
    Object.entries(tags).toSorted(([a], [b]) => compareText(a, b)),
  ])
  for (const { text } of files) yield text
  for (const part of parts) {
    if (part.kind === 'package') yield JSON.stringify([part.team, part.dir, part.package ?? null])
    else if (part.kind === 'starlark') {
      yield JSON.stringify([part.kind, part.team, part.file, part.at ?? []])
      yield part.text
    } else {
      const form = part.kind === 'schema' ? [part.as, part.at ?? [], part.lists ?? ''] : (part.masked ?? [])
      yield JSON.stringify([part.kind, part.team, part.file, form])
      yield part.json
    }
  }
}

function isSame(a: Fragments, b: Fragments): boolean {
  if (a === b) return true
  const [left, right] = [textsOf(a)[Symbol.iterator](), textsOf(b)[Symbol.iterator]()]
  if (a.files.length !== b.files.length || a.parts.length !== b.parts.length) return false
  for (;;) {
    const [one, other] = [left.next(), right.next()]
    if (one.done === true || other.done === true) return one.done === other.done
    if (one.value !== other.value) return false
  }
}
