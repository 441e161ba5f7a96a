import type { Finding, Kind, Verdict } from './finding.ts'

/** What was skipped, joined or replaced on the way; never a finding. */
export interface Note {
  readonly code: string
  readonly message: string
  readonly file?: string
  readonly line?: number
}

/** One environment's part of a report. */
export interface ReportedEnvironment {
  readonly name: string
  readonly verdict: Verdict
  /** What the engine could not tell here and can elsewhere; absent where there is nothing: else the verdict is not better than undecided. */
  readonly lacks?: readonly string[]
  readonly desired: { readonly digest: string }
  readonly snapshots: readonly {
    readonly observer: string
    readonly sequence: number
    readonly observedAt?: string
    readonly source: string
    readonly digest: string
  }[]
}

/** The answer of a check: `--format json`, `schemas/report.schema.json`. */
export interface Report {
  readonly report: 1
  readonly tool: {
    readonly name: 'congruent'
    readonly version: string
    readonly engine: {
      readonly name: 'cue-go' | 'cue-wasm' | 'cue-native'
      readonly cue: string
      readonly lacks: readonly string[]
    }
  }
  readonly notes: readonly Note[]
  readonly workspace: string
  readonly checkedAt: string
  readonly verdict: Verdict
  readonly environments: readonly ReportedEnvironment[]
  /** Environments whose check a fault ended, sorted by name; they are not in `environments`, and the verdict is not better than undecided. */
  readonly faults?: readonly { readonly environment: string; readonly code: string; readonly message: string }[]
  readonly summary: {
    readonly error: number
    readonly warning: number
    readonly info: number
    readonly exempted: number
    /** Those that a baseline holds and no exemption excuses; absent where there are none. */
    readonly known?: number
    readonly byKind: Readonly<Record<Kind, number>>
    readonly byTeam: Readonly<Record<string, number>>
  }
  /** What the report was compared with: how many findings of it are gone, of the environments that were checked. */
  readonly baseline?: { readonly gone: number }
  /** The findings are those of what changed since a commit: as it was named, the commit where the histories part, how many tracked files differ, and how many findings are left out. */
  readonly changed?: { readonly base: string; readonly commit: string; readonly files: number; readonly left: number }
  /** Sorted by environment, path, kind, rule. */
  readonly findings: readonly Finding[]
}
