import type { Severity } from './finding.ts'

/** What a pack says of itself in its `pack.yaml`. */
export interface PackDocument {
  /** `kubernetes/pod-security`: its folder among the packs, and the name by which workspaces use it. */
  readonly pack: string
  readonly version: string
  readonly title: string
  /** One sentence. */
  readonly about: string
  /** The form of lists of manifests that its rules are written for; absent: they speak of no list. */
  readonly lists?: 'keyed'
  /** What a workspace may set. */
  readonly parameters?: {
    /** `#podSecurity`: the definition that holds them. */
    readonly definition: string
    /** What each means, by its name; a member of a member as `exempt.namespaces`. */
    readonly members: Readonly<Record<string, string>>
  }
}

const prefix = 'pack:'

/** The name of a pack's folder, or of a file in it, wherever files of a workspace are named: no file of a workspace begins so. */
export function packFile(pack: string, file?: string): string {
  return file === undefined ? `${prefix}${pack}` : `${prefix}${pack}/${file}`
}

/** Whether a name is that of a pack's file, which comes with Congruent and is in no checkout. */
export function isPackFile(name: string): boolean {
  return name.startsWith(prefix)
}

/** What a file's name is below the folder of all packs. */
export function belowPacks(name: string): string {
  return name.slice(prefix.length)
}

/** A rule of a pack. */
export interface PackRule {
  readonly id: string
  readonly title: string
  readonly severity: Severity | 'off'
  readonly docs?: string
}

/** A parameter of a pack, in CUE's words. */
export interface PackParameter {
  /** `level`, `exempt.namespaces` */
  readonly name: string
  /** What it may be: `*"baseline" | "restricted"`. */
  readonly takes: string
  /** What it is where nobody sets it; absent where it has to be set. */
  readonly default?: string
  readonly meaning: string
}

/** A pack with all that a workspace may want to know of it. */
export interface ShownPack extends Omit<PackDocument, 'parameters'> {
  readonly parameters?: { readonly definition: string; readonly members: readonly PackParameter[] }
  readonly rules: readonly PackRule[]
}
