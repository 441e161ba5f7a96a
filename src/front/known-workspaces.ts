import { knownOf } from '../at-once/known-facts.ts'
import { keepNewest } from '../model/keep-newest.ts'
import type { KnownAtOnce } from '../operations/check-at-once.ts'
import type { LinesAbout } from '../operations/requested/lines-at-once.ts'
import type { Granted, ServerAnswers } from './words.ts'

type About = Pick<LinesAbout, 'stored' | 'environment'>

/** What a front knows of stored workspaces. */
export interface KnownWorkspaces {
  /** What checks at once can be answered from now; undefined where the server must be asked, which is then told to say it. */
  about(stored: string, environment: string | undefined): KnownAtOnce | undefined
  /** Believes nothing more of what was known of workspaces before a change. */
  forget(workspaces: readonly string[], change: number): void
}

/** After this time the server is asked again, beside the requests that come meanwhile. */
const freshMs = 250
/** After this time nothing is believed any more. */
const mostAgeMs = 1000
/** So soon it is asked again where it knew nothing yet. */
const againMs = 100
const mostKept = 256

interface Kept {
  readonly name: string
  readonly known: KnownAtOnce
  /** When the store was asked at the latest. */
  readonly since: number
}

interface Entry {
  readonly stored: string
  kept: Kept | undefined
  isAsking: boolean
  askedAt: number
}

/** Knows what the server says, for as long as the server itself would believe it. */
export function knownWorkspaces(
  ask: (question: ServerAnswers['known'][0]) => Promise<Granted | undefined>,
  now: () => number,
): KnownWorkspaces {
  const entries = new Map<string, Entry>()
  let newestChange = 0
  const renew = async (entry: Entry, { stored, environment }: About): Promise<void> => {
    const askedAt = now()
    entry.isAsking = true
    entry.askedAt = askedAt
    try {
      const before = entry.kept
      const granted = await ask({ stored, environment, ...(before === undefined ? {} : { has: before.name }) })
      // Who said it may not have known of a change that was told meanwhile.
      if (granted !== undefined && granted.change >= newestChange) entry.kept = keptOf(granted, before, askedAt)
    } catch {
      // Whoever needs it asks the server themselves.
    } finally {
      entry.isAsking = false
    }
  }
  return {
    about: (stored, environment) => {
      const key = environment === undefined ? stored : `${stored}\n${environment}`
      const entry = entries.get(key) ?? { stored, kept: undefined, isAsking: false, askedAt: -Infinity }
      if (!entries.has(key)) keepNewest(entries, key, entry, mostKept)
      const age = entry.kept === undefined ? Infinity : now() - entry.kept.since
      if (age > freshMs && !entry.isAsking && (entry.kept !== undefined || now() - entry.askedAt > againMs))
        void renew(entry, { stored, environment })
      return age > mostAgeMs ? undefined : entry.kept?.known
    },
    forget: (workspaces, change) => {
      newestChange = Math.max(newestChange, change)
      for (const entry of entries.values()) if (workspaces.includes(entry.stored)) entry.kept = undefined
    },
  }
}

/** Times are taken from before the question, so that nothing seems younger than it is. */
function keptOf({ name, facts, ageMs }: Granted, before: Kept | undefined, askedAt: number): Kept | undefined {
  const since = askedAt - ageMs
  if (before?.name === name) return { ...before, since }
  const known = facts && knownOf(facts)
  return known && { name, known, since }
}
