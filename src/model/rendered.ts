import type { Conjunct, Finding } from './finding.ts'
import type { Path } from './path.ts'
import type { Note } from './report.ts'

/** What a desired state can be written for. */
export const renderTargets = ['kubernetes', 'compose', 'json', 'yaml'] as const

export type RenderTarget = (typeof renderTargets)[number]

/** A desired state as files that an environment can be made from, or all that stands in the way of that. */
export interface Rendered {
  readonly workspace: string
  readonly environment: string
  readonly to: RenderTarget
  /** 64 hex digits of what was unified. */
  readonly digest: string
  /** Conflicts, unreadable fragments and breaches, sorted by path, kind and rule. */
  readonly findings: readonly Finding[]
  /** What cannot be written, in the order of the state; nothing is rendered while there is any. */
  readonly obstacles: readonly Obstacle[]
  readonly notes: readonly Note[]
  /** In the order in which they can be applied; absent where something stands in the way. */
  readonly files?: readonly RenderedFile[]
}

/** Something of a desired state that cannot be written. */
export interface Obstacle {
  readonly path: Path
  readonly at: string
  /** Its value is still open; it is hidden from whoever would write it; or what is written for has no such thing. */
  readonly reason: 'open' | 'hidden' | 'impossible'
  /** What is asked, or what is wrong and what to do. */
  readonly message: string
  /** Who speaks there; of the first obstacles only. */
  readonly conjuncts: readonly Conjunct[]
}

/** A file of a rendered state. */
export interface RenderedFile {
  /** Relative to the folder, with `/`; no name leaves it. */
  readonly name: string
  readonly text: string
}
