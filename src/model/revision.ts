/** Files of one team, or those of no team, as they were published once: content by name, under one digest. */
export interface FileSet {
  /** 64 hex digits of names and contents: the same files, the same digest. */
  readonly digest: string
  /** Digest of each file's bytes, by name relative to the workspace, with forward slashes. */
  readonly files: Readonly<Record<string, string>>
}

/** What a revision consists of, by digest. */
export interface RevisionParts {
  /** Of the workspace document. */
  readonly workspace: string
  /** Of the files that belong to no team: exemptions, shared libraries; absent where there are none. */
  readonly shared?: string
  /** Of each team's file set. */
  readonly teams: Readonly<Record<string, string>>
}

/** The digest of a team's file set, or without a team of the shared one; whatever the team is called. */
export function digestIn({ teams, shared }: RevisionParts, team: string | undefined): string | undefined {
  if (team === undefined) return shared
  return Object.hasOwn(teams, team) ? teams[team] : undefined
}

/** What made a revision. */
export type RevisionCause =
  | { readonly kind: 'workspace' }
  | { readonly kind: 'shared' }
  | { readonly kind: 'fragments'; readonly team: string }
  | { readonly kind: 'proposal'; readonly proposal: string; readonly team: string }

/** One state of what a workspace demands, in force from its moment until the next one; never changed. */
export interface Revision extends RevisionDraft {
  readonly workspace: string
  /** 1, 2, 3 … within the workspace. */
  readonly revision: number
}

/** A revision before it has its number. */
export interface RevisionDraft {
  /** RFC 3339, by the server's clock. */
  readonly at: string
  /** Who published it: the subject of a token, or `anonymous`. */
  readonly by: string
  readonly cause: RevisionCause
  /** Whether it came into force although it conflicts with itself, or although approvals were missing that the workspace asks for. */
  readonly forced: boolean
  readonly parts: RevisionParts
}
