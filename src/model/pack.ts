/** What a pack says of itself in its `pack.yaml`. */
export interface PackDocument {
  /** `kubernetes/pod-security`: its folder among the packs, and the name by which workspaces use it. */
  readonly pack: string
  readonly version: string
  readonly title: string
  /** One sentence. */
  readonly about: string
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
