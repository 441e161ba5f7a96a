import { readDocuments } from '../document/read.ts'
import type { ReadingTime } from '../document/reading-time.ts'
import type { Reading } from '../document/reading.ts'
import { toJson } from '../document/to-json.ts'
import type { DataPart } from '../engine/protocol.ts'
import { type Data, isDataObject } from '../model/data.ts'
import { dataMap } from '../model/data-map.ts'
import type { Document, Unreadable } from '../model/document.ts'
import { parsePath, type Path } from '../model/path.ts'
import type { Note } from '../model/report.ts'
import { type Claim, type ClaimProblem, winningClaim } from './claims.ts'
import type { DataOrigin } from './fragments.ts'
import type { Source } from './source.ts'
import { eachOf } from './text-reader.ts'

/** What data files contribute. */
export interface DataContribution {
  readonly parts: readonly { readonly part: DataPart; readonly origin: DataOrigin }[]
  readonly unreadable: readonly (Unreadable & { readonly team: string })[]
  readonly notes: readonly Note[]
}

/** Reads the data files that the active claims have: each document of plain data is a part, the manifests of a claim are one part together. */
export async function readDataParts(
  claims: readonly Claim[],
  source: Source,
  lists: 'keyed' | 'plain',
  time: ReadingTime,
): Promise<DataContribution & { readonly problems: readonly ClaimProblem[] }> {
  const problems: ClaimProblem[] = []
  const all: DataContribution[] = []
  for (const claim of claims) {
    if (!claim.active || claim.path.kind !== 'files') continue
    const { missing, ...contribution } = await readClaim(claims, claim, source, lists, time)
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
    problems,
  }
}

async function readClaim(
  claims: readonly Claim[],
  claim: Claim,
  source: Source,
  lists: 'keyed' | 'plain',
  time: ReadingTime,
): Promise<DataContribution & { readonly missing: boolean }> {
  const names = [...claim.files].filter((file) => winningClaim(claims, { file }) === claim)
  const kubernetes = claim.entry.as === 'kubernetes'
  const readings = await eachOf(names, (name) => readFile(name, source, kubernetes, time))
  const missing = claim.files.size === 0 || readings.some((reading) => reading === undefined)
  const team = claim.team
  const told = readings.filter((reading) => reading !== undefined)
  const documents = told.flatMap((reading) => reading.documents)
  const at = claim.entry.at === undefined ? [] : parsePath(claim.entry.at)
  const made = kubernetes ? await manifests(claim, documents, at, lists, time) : plain(claim, documents, at)
  return {
    parts: made.parts,
    unreadable: [...told.flatMap((reading) => reading.unreadable), ...made.unreadable].map((file) => ({
      ...file,
      team,
    })),
    notes: [...told.flatMap((reading) => reading.notes), ...made.notes],
    missing,
  }
}

/** Undefined if there is no such file. */
async function readFile(
  name: string,
  source: Source,
  kubernetes: boolean,
  time: ReadingTime,
): Promise<Reading | undefined> {
  const read = await source.read(name)
  if (!read.ok && read.reason === 'absent') return undefined
  if (!read.ok) return { documents: [], unreadable: [{ file: name, message: read.message }], notes: [] }
  return readDocuments(name, read.bytes, kubernetes ? { yaml: '1.1', duplicateKeys: 'last' } : {}, time)
}

interface Made extends Pick<DataContribution, 'parts' | 'notes'> {
  readonly unreadable: readonly Unreadable[]
}

function plain({ team }: Claim, documents: readonly Document[], at: Path): Made {
  const unreadable: Unreadable[] = []
  const parts = documents.flatMap((document) => {
    const { data, file } = document
    if (at.length === 0 && !isDataObject(data)) {
      const message =
        'the document is no map: at the root only a map can be unified, and `at` puts other data elsewhere'
      unreadable.push({ file, position: document.locate([]), message })
      return []
    }
    const origin: DataOrigin = (path) =>
      startsWith(path, at) ? { document, pointer: path.slice(at.length) } : undefined
    return [{ part: { kind: 'data' as const, team, file, json: toJson(under(at, data)) }, origin }]
  })
  return { parts, unreadable, notes: [] }
}

async function manifests(
  { team, entry }: Claim,
  documents: readonly Document[],
  at: Path,
  lists: 'keyed' | 'plain',
  time: ReadingTime,
): Promise<Made> {
  // The tables of Kubernetes' types are large: who has no manifests does not wait for them.
  const { projectKubernetes } = await import('../kubernetes/project.ts')
  const { namespace } = entry
  const options = { lists, time, ...(namespace === undefined ? {} : { namespace }) }
  const projected = time.spend(() => projectKubernetes(documents, options))
  const { unreadable, notes } = projected
  if (projected.objectPaths.length === 0) return { parts: [], unreadable, notes }
  const json = toJson(under(at, projected.state))
  const masked = projected.masked.map((path) => [...at, ...path])
  const part = { kind: 'data' as const, team, file: entry.path, json, ...(masked.length > 0 ? { masked } : {}) }
  const origin: DataOrigin = (path, label) =>
    startsWith(path, at) ? projected.origin(path.slice(at.length), label) : undefined
  return { parts: [{ part, origin }], unreadable, notes }
}

/** Data below the labels of a path. */
function under(at: Path, data: Data): Data {
  return at.toReversed().reduce<Data>((below, label) => dataMap([[label, below]]), data)
}

function startsWith(path: Path, start: Path): boolean {
  return start.every((label, index) => path[index] === label)
}
