import type { Fragments, RuleName, StatedPath } from '../engine/protocol.ts'
import type { PlacedExemption } from '../workspace/read-exemptions.ts'
import type { ReadWorkspace } from '../workspace/read-workspace.ts'

/** What the fragments of one environment state, as an engine says. */
export interface LintedEnvironment {
  readonly name: string
  readonly rules: readonly RuleName[]
  readonly paths: readonly StatedPath[]
  readonly fragments: Fragments
}

/** A workspace file beside what the fragments of every environment state. */
export interface LintedWorkspace {
  readonly read: Pick<ReadWorkspace, 'workspace' | 'locate'>
  /** Every environment of the workspace. */
  readonly environments: readonly LintedEnvironment[]
  readonly exemptions: readonly PlacedExemption[]
}

/** Something in the workspace's own files that does nothing. */
export interface WorkspaceLint {
  readonly lint: WorkspaceLintName
  readonly message: string
  /** What it is about; empty: the workspace as a whole. */
  readonly path: readonly string[]
  readonly at: string
  readonly place: { readonly file: string; readonly line: number; readonly column: number }
  /** Whose it is, if a team's. */
  readonly team?: string
  /** The environments in which it was to do something, all of them where it is about none in particular. */
  readonly environments: readonly string[]
}

/** Lints of the workspace's own files, each with a title. */
export const workspaceLintTitles = {
  'unmatched-rule': 'a severity for rules that there are not',
  'overridden-rule': 'a severity that never counts',
  'unmatched-exemption': 'an exemption that can excuse nothing',
  'unreached-pattern': 'a path pattern that reaches nothing',
  'unchecked-observation': 'observations about which nothing is said',
} as const

export type WorkspaceLintName = keyof typeof workspaceLintTitles
