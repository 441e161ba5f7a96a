import type { ReadingTime } from '../../../document/reading-time.ts'
import type { DataObject } from '../../../model/data.ts'
import { parsePattern, type Path } from '../../../model/path.ts'
import type { ObservationEntry } from '../../../model/workspace.ts'
import { parseAt } from '../../../observation/at.ts'
import { dataReading } from '../../../document/data-reading.ts'
import type { ReadWorkspace } from '../../../workspace/read-workspace.ts'
import { entryOfObserver } from '../entry-of-observer.ts'
import { manifestSettings } from '../manifest-settings.ts'
import type { Receiving } from './sent-snapshot.ts'

/** What a workspace says of snapshots that are sent to it. */
export interface WorkspaceReceiving extends Receiving {
  /** Whether what an observer sends grows too old. */
  readonly ages: (observer: string) => boolean
}

/** How a workspace receives snapshots, from what its document and its definitions of kinds say at this moment. */
export function receivingOf(
  { workspace, environments }: ReadWorkspace,
  environment: string | undefined,
  definitionsIn: (environment: string | undefined, time: ReadingTime) => Promise<readonly DataObject[]>,
): WorkspaceReceiving {
  const entries = workspace.observations ?? []
  const entriesOf = (observer: string): readonly ObservationEntry[] =>
    entries.filter((entry) => entry.observer === observer)
  return {
    environment,
    environments,
    sensitive: (workspace.sensitive ?? []).map(parsePattern),
    entryOf: (observer, own) => entryOfObserver(entries, observer, own ?? environment),
    manifestsOf: async (own, entry, time) =>
      manifestSettings(workspace, own ?? environment, entry, await definitionsIn(own ?? environment, time)),
    placesOf: (observer) => placesOf(entriesOf(observer), observer),
    ages: (observer) => entriesOf(observer).some(({ maxAge }) => maxAge !== undefined),
  }
}

/** Where entries put what an observer sends; environments that no entry speaks of put it at the root. */
function placesOf(entries: readonly ObservationEntry[], observer: string): readonly Path[] {
  const [document] = dataReading(`${observer}/1.json`, null).documents
  const places = document === undefined ? [] : entries.map(({ at }) => parseAt(at).of(document))
  return entries.some(({ environment }) => environment === undefined) ? places : [[], ...places]
}
