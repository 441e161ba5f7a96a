import { readDocuments } from '../document/read.ts'
import type { ReadingTime } from '../document/reading-time.ts'
import type { Reading, ReadOptions } from '../document/reading.ts'
import type { DataPart, SchemaPart, ScriptPart } from '../engine/protocol.ts'
import type { DataObject } from '../model/data.ts'
import type { Unreadable } from '../model/document.ts'
import { parsePath } from '../model/path.ts'
import type { Note } from '../model/report.ts'
import { type Claim, type ClaimProblem, winningClaim } from './claims.ts'
import { dataForms, type FormOptions } from './data-forms.ts'
import { isScript, readScripts } from './scripts.ts'
import type { DataOrigin } from './fragments.ts'
import type { Source } from './source.ts'
import { eachOf } from './text-reader.ts'

/** What data files contribute. */
export interface DataContribution {
  readonly parts: readonly { readonly part: DataPart | SchemaPart | ScriptPart; readonly origin?: DataOrigin }[]
  readonly unreadable: readonly (Unreadable & { readonly team: string })[]
  readonly notes: readonly Note[]
  /** CustomResourceDefinitions, which teach what their kinds are like. */
  readonly definitions?: readonly DataObject[]
}

/** Reads the data files that the active claims have: each document of plain data is a part, the manifests of a claim are one part together. */
export async function readDataParts(
  claims: readonly Claim[],
  source: Source,
  lists: 'keyed' | 'plain',
  time: ReadingTime,
): Promise<Required<DataContribution> & { readonly problems: readonly ClaimProblem[] }> {
  const problems: ClaimProblem[] = []
  const all: DataContribution[] = []
  const definitions: DataObject[] = []
  // What defines kinds comes first: objects of these kinds take the form that it gives them.
  for (const claim of claims.toSorted((a, b) => Number(b.entry.as === 'crd') - Number(a.entry.as === 'crd'))) {
    if (!claim.active || claim.path.kind !== 'files') continue
    const { missing, ...contribution } = await readClaim(claims, claim, source, { lists, definitions, time })
    definitions.push(...(contribution.definitions ?? []))
    if (missing)
      problems.push({
        claim,
        message: `the fragment path \`${claim.entry.path}\` matches nothing`,
        absent: true,
      })
    all.push(contribution)
  }
  return {
    parts: all.flatMap(({ parts }) => parts),
    unreadable: all.flatMap(({ unreadable }) => unreadable),
    notes: all.flatMap(({ notes }) => notes),
    definitions,
    problems,
  }
}

async function readClaim(
  claims: readonly Claim[],
  claim: Claim,
  source: Source,
  options: Omit<FormOptions, 'at'>,
): Promise<DataContribution & { readonly missing: boolean }> {
  const names = [...claim.files].filter((file) => winningClaim(claims, { file }) === claim)
  const { as } = claim.entry
  if (isScript(claim.entry.path)) return readScripts(claim, names, source)
  const read = await eachOf(names, (name) => readFile(name, source, readings[as ?? 'plain'], options.time))
  const missing = claim.files.size === 0 || read.some((reading) => reading === undefined)
  const team = claim.team
  const told = read.filter((reading) => reading !== undefined)
  const documents = told.flatMap((reading) => reading.documents)
  const at = claim.entry.at === undefined || as === 'jsonschema' ? [] : parsePath(claim.entry.at)
  const made = await dataForms[as ?? 'plain'](claim, documents, { ...options, at })
  return {
    parts: made.parts,
    unreadable: [...told.flatMap((reading) => reading.unreadable), ...made.unreadable].map((file) => ({
      ...file,
      team,
    })),
    notes: [...told.flatMap((reading) => reading.notes), ...made.notes],
    definitions: made.definitions ?? [],
    missing,
  }
}

/** How the text of a fragment is read, by what `as` says of it. */
const readings: Readonly<Record<keyof typeof dataForms, ReadOptions>> = {
  plain: {},
  kubernetes: { yaml: '1.1', duplicateKeys: 'last' },
  crd: { yaml: '1.1', duplicateKeys: 'last' },
  compose: { mergeKeys: 'keep' },
  jsonschema: {},
}

/** Undefined if there is no such file. */
async function readFile(
  name: string,
  source: Source,
  options: ReadOptions,
  time: ReadingTime,
): Promise<Reading | undefined> {
  const read = await source.read(name)
  if (!read.ok && read.reason === 'absent') return undefined
  if (!read.ok) return { documents: [], unreadable: [{ file: name, message: read.message }], notes: [] }
  return readDocuments(name, read.bytes, options, time)
}
