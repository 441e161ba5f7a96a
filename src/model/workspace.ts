import type { Severity } from './finding.ts'

/** One entry of a team's `fragments`: a CUE package, every package below a folder, or plain data files. */
export interface FragmentEntry {
  /** `./dir`, `./dir/...`, `./dir:pkg`, `./x.yaml`, `./*.json` */
  readonly path: string
  readonly environments?: readonly string[]
  readonly as?: 'kubernetes' | 'compose' | 'jsonschema' | 'crd'
  /** CUE path where plain data is put; of a JSON Schema a path pattern. */
  readonly at?: string
  /** Of manifests that name none, though their kind belongs to one; default `default`. */
  readonly namespace?: string
}

export interface Team {
  readonly fragments: readonly (string | FragmentEntry)[]
  /** Paths that the team answers for. */
  readonly owns?: readonly string[]
  /** If present, the only paths beside those it owns that its fragments may say anything about. */
  readonly constrains?: readonly string[]
  readonly contact?: string
}

/** How files become observed state. */
export const adapterNames = ['plain', 'snapshot', 'kubernetes', 'compose', 'terraform'] as const

export type AdapterName = (typeof adapterNames)[number]

/** `all`: everything below `at`; `objects`: only what is in the input; `kinds`: every namespace and kind that occurs; or patterns relative to the state. */
export type Covers = 'all' | 'objects' | 'kinds' | readonly string[]

/** Where observed state comes from and how it is read. */
export interface ObservationEntry {
  readonly files: readonly string[]
  readonly environment?: string
  readonly adapter?: AdapterName
  readonly at?: string
  readonly covers?: Covers
  readonly observer?: string
  /** `15m`: older snapshots are stale. */
  readonly maxAge?: string
  readonly lists?: 'keyed' | 'plain'
  /** Of objects that name none, though their kind belongs to one; default `default`. */
  readonly namespace?: string
  /** Whether hooks of Helm are objects like any other (the default), or are left out. */
  readonly hooks?: 'keep' | 'skip'
}

/** A severity for the rules whose id matches a glob; the last match wins. */
export interface RuleEntry {
  readonly rule: string
  readonly environment?: string
  readonly entry?: 'ci' | 'api' | 'admission'
  readonly severity: Severity | 'off'
}

/** An entry of `packs`: a pack that comes with Congruent. */
export interface PackEntry {
  /** `kubernetes/pod-security` */
  readonly pack: string
  /** The team that its fragments count for; absent: one named as the pack. */
  readonly team?: string
  readonly environments?: readonly string[]
  /** Values for the pack's parameters. */
  readonly parameters?: object
}

/** Whose approval a change needs before a server lets it come into force. */
export interface ReviewSettings {
  /** `owners`: every team that it concerns, as a proposal names them; absent or `none`: nobody's. */
  readonly required?: 'owners' | 'none'
}

/** The content of `congruent.yaml`. */
export interface Workspace {
  readonly workspace: string
  readonly teams: Readonly<Record<string, Team>>
  readonly packs?: readonly (string | PackEntry)[]
  readonly environments?: Readonly<Record<string, { readonly tags?: Readonly<Record<string, string>> }>>
  readonly observations?: readonly ObservationEntry[]
  readonly rules?: readonly RuleEntry[]
  readonly exemptions?: readonly string[]
  /** Path patterns whose values are never shown, logged or stored. */
  readonly sensitive?: readonly string[]
  readonly review?: ReviewSettings
  readonly engine?: 'cue-go' | 'cue-wasm' | 'cue-native'
}
