import { Fault } from '../../errors.ts'
import { isDataObject, type Data } from '../../model/data.ts'
import { dataMap } from '../../model/data-map.ts'
import { sortedNotes } from '../../model/sorted-notes.ts'
import type { AdapterName } from '../../model/workspace.ts'
import type { CutRequest, FileSettings, NamedFile } from '../../observation/cut-request.ts'
import { findInputs } from '../../observation/inputs.ts'
import { readInput, type PlacedReport } from '../../observation/read-input.ts'
import { coversOf } from '../../observation/snapshots-of.ts'
import type { Taken } from './taken.ts'

/** Files of one form, as one observer saw them. */
export interface TakeFilesInput {
  readonly files: readonly NamedFile[]
  readonly from: Exclude<AdapterName, 'snapshot'>
  readonly settings: Omit<FileSettings, 'adapter'>
  readonly source: CutRequest['source']
  readonly now: Date
}

/** Reads files for a snapshot. What cannot be read has no place in one: a Fault USAGE names each. */
export async function takeFiles({ files, from, settings, source, now }: TakeFilesInput): Promise<Taken> {
  const override = { ...settings, adapter: from }
  const request: CutRequest = { entries: [], environment: '', source, files, override, now }
  const { inputs } = await findInputs(request)
  const [input] = inputs
  if (input === undefined) throw new Fault('USAGE', 'there is no file to make a snapshot of')
  const { reports, unreadable, notes } = await readInput(input, request)
  if (unreadable.length > 0)
    throw new Fault('USAGE', 'what cannot be read has no place in a snapshot', {
      places: unreadable.map(({ file, message, position }) => ({ file, message, ...position })),
    })
  const [placed, another] = reports
  if (placed === undefined) throw new Fault('USAGE', 'there is no document in these files')
  if (another !== undefined)
    throw new Fault('USAGE', `these are ${reports.length} documents: what one observer saw is one${advice[from] ?? ''}`)
  const covers = coversOf(placed, input, false)
  return {
    state: atRoot(placed),
    ...(covers.some((pattern) => pattern.length === 0) ? {} : { covers }),
    refused: [],
    masked: (placed.report.masked ?? []).map((path) => [...placed.at, ...path]),
    applied: (placed.report.applied ?? []).map((one) => ({ ...one, at: [...placed.at, ...one.at] })),
    notes: sortedNotes(notes),
  }
}

const advice: Readonly<Record<string, string>> = { compose: '; `docker compose config` writes one' }

function atRoot({ report, at }: PlacedReport): Taken['state'] {
  const state = at.reduceRight<Data>((value, label) => dataMap([[label, value]]), report.state)
  if (isDataObject(state)) return state
  throw new Fault('USAGE', 'the document is no map: only a map can stand at the root, anything else needs `--at`')
}
