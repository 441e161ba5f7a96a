import { readDocuments } from '../document/read.ts'
import { Fault } from '../errors.ts'
import { belowPacks, packFile, type PackDocument } from '../model/pack.ts'
import { validatePack } from '../schema/pack-validators.js'
import { schemaProblems } from '../schema/problems.ts'
import type { Source } from '../workspace/source.ts'

/** The names of all packs that a source has, sorted. */
export async function packNames(source: Source): Promise<readonly string[]> {
  const files = await source.list([packFile('*', packDocument), packFile('*', `**/${packDocument}`)])
  return [...new Set(files)].map((file) => belowPacks(file).slice(0, -packDocument.length - 1))
}

/** Reads what a pack says of itself; undefined where the source has no such pack. */
export async function readPack(name: string, source: Source): Promise<PackDocument | undefined> {
  const file = packFile(name, packDocument)
  const read = await source.read(file)
  if (!read.ok) return undefined
  const { documents, unreadable } = readDocuments(file, read.bytes, { format: 'yaml' })
  const [document] = documents
  const [problem] = unreadable.length > 0 ? unreadable : schemaProblems(validatePack, document?.data ?? null)
  if (problem !== undefined)
    throw new Fault('WORKSPACE_INVALID', `the pack \`${name}\` cannot be used: \`${file}\`: ${problem.message}`)
  // The schema has just been found to fit.
  return document?.data as unknown as PackDocument
}

const packDocument = 'pack.yaml'
