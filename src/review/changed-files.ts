import type { Fragments } from '../engine/protocol.ts'
import type { Review } from '../model/review.ts'

/** What of a review points at lines of files. */
export type Told = Pick<Review, 'environments' | 'rules'>

/**
 * How many files of fragments differ from one state to the other, and in how many of these nothing stands that the review tells: moved text, another
 * layout, comments.
 */
export function changedFiles(
  before: readonly Fragments[],
  after: readonly Fragments[],
  told: Told,
): NonNullable<Review['files']> {
  const [old, now] = [textsOf(before), textsOf(after)]
  const changed = [...new Set([...old.keys(), ...now.keys()])].filter((name) => old.get(name) !== now.get(name))
  const meant = filesTold(told)
  return { changed: changed.length, silent: changed.filter((name) => !meant.has(name)).length }
}

function textsOf(all: readonly Fragments[]): ReadonlyMap<string, string> {
  const texts = new Map<string, string>()
  for (const { files, parts } of all) {
    for (const { name, text } of files) texts.set(name, text)
    const ofParts = new Map<string, string>()
    for (const part of parts) {
      if (part.kind === 'package') continue
      const text = part.kind === 'starlark' ? part.text : part.json
      ofParts.set(part.file, `${ofParts.get(part.file) ?? ''}${text}\n`)
    }
    for (const [name, text] of ofParts) texts.set(name, text)
  }
  return texts
}

function filesTold({ environments, rules }: Told): ReadonlySet<string> {
  const findings = environments.flatMap(({ conflicts, findings, latent, lints }) => [
    ...conflicts.new,
    ...conflicts.resolved,
    ...findings.new,
    ...findings.resolved,
    ...findings.changed.flatMap(({ before, after }) => [before, after]),
    ...(latent?.new ?? []),
    ...(lints?.new ?? []),
  ])
  const sites = [
    ...environments.flatMap(({ changes }) => changes.flatMap(({ conjuncts }) => conjuncts)),
    ...findings.flatMap(({ conjuncts }) => conjuncts),
    ...[...rules.added, ...rules.removed].flatMap(({ sites }) => sites),
  ]
  return new Set(sites.map(({ file }) => file))
}
