import { sha256 } from '../model/sha256.ts'
import type { Conjunct, Finding, Observation } from '../model/finding.ts'
import type { SourceRead } from '../workspace/source.ts'

type Place = Pick<Conjunct | Observation, 'file' | 'digest'>

/** Findings that say of each place the digest of its file, so that its lines can be had when the file is another. A file that cannot be read has none. */
export async function withDigests(
  findings: readonly Finding[],
  read: (file: string) => Promise<SourceRead>,
): Promise<readonly Finding[]> {
  const places = findings.flatMap(({ conjuncts, observations, alternatives = [] }): readonly Place[] => [
    ...conjuncts,
    ...observations,
    ...alternatives.flatMap((alternative) => alternative.conjuncts),
  ])
  const told = await digestsAt(places, read)
  return findings.map((finding) => ({
    ...finding,
    conjuncts: finding.conjuncts.map(told),
    observations: finding.observations.map(told),
    ...(finding.alternatives === undefined
      ? {}
      : { alternatives: finding.alternatives.map((one) => ({ ...one, conjuncts: one.conjuncts.map(told) })) }),
  }))
}

/** Says of a place among these the digest of its file. */
export async function digestsAt(
  places: readonly Place[],
  read: (file: string) => Promise<SourceRead>,
): Promise<<P extends Place>(place: P) => P> {
  const files = [...new Set(places.flatMap(({ file }) => file ?? []))]
  const digests = new Map(await Promise.all(files.map(async (file) => [file, await digestOf(file, read)] as const)))
  return (place) => {
    const digest = digests.get(place.file ?? '')
    return digest === undefined ? place : { ...place, digest }
  }
}

async function digestOf(file: string, read: (file: string) => Promise<SourceRead>): Promise<string | undefined> {
  const found = await read(file)
  return found.ok ? sha256(found.bytes) : undefined
}
