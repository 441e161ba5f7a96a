import type { ObservationEntry } from '../../model/workspace.ts'

/** The entry that describes what an observer sends of an environment: the first that names both, or the observer alone. */
export function entryOfObserver(
  entries: readonly ObservationEntry[],
  observer: string,
  environment: string | undefined,
): ObservationEntry | undefined {
  return entries.find(
    (entry) =>
      entry.observer === observer &&
      (entry.environment === undefined || environment === undefined || entry.environment === environment),
  )
}
