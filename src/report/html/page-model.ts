import type { Kind, Outcome, Verdict } from '../../model/finding.ts'

/** What a page in one file shows, before it is HTML: texts and their order, and nothing of how they look. */
export interface PageModel {
  /** Of the document. */
  readonly title: string
  readonly mark: PageMark
  readonly heading: string
  readonly blocks: readonly Block[]
}

/** What a mark stands for. */
export type PageMark = Verdict | Outcome | 'exempted'

/** Pieces of a sentence: words of ours, and what is somebody's own. */
export type Words = readonly (
  string | { readonly code: string } | { readonly text: string; readonly address: string }
)[]

export type Block =
  | { readonly block: 'words'; readonly words: Words; readonly tone?: 'lead' | 'quiet' | 'undecided' }
  | { readonly block: 'list'; readonly title: string; readonly items: readonly Words[] }
  | {
      readonly block: 'table'
      readonly title?: string
      readonly heads: readonly string[]
      readonly rows: readonly (readonly TableCell[])[]
    }
  | { readonly block: 'section'; readonly id: string; readonly title: string; readonly blocks: readonly Block[] }
  | { readonly block: 'folded'; readonly title: string; readonly blocks: readonly Block[] }
  | { readonly block: 'entry'; readonly entry: Entry }

/** A cell of a table: the first of a row is its heading. */
export type TableCell = string | { readonly mark: PageMark; readonly text: string }

/** A finding, or a change of what is demanded. */
export interface Entry {
  /** What links to it. */
  readonly id?: string
  readonly mark: PageMark
  /** Of what is undecided, the kind of finding: what is stale looks unlike what was refused. */
  readonly why?: Kind
  readonly word: string
  readonly at: string
  readonly message?: string
  /** What stands below the message, a line each. */
  readonly more: readonly string[]
  /** What holds it excused. */
  readonly excuse?: string
  readonly facts: Words
  readonly sides: readonly Side[]
}

/** What one side says, with how many of its places are left out. */
export interface Side {
  readonly title: string
  readonly frames: readonly SideFrame[]
  readonly left: number
}

/** One contribution: who and where, its line of code, or what it says. */
export interface SideFrame {
  readonly who: string
  readonly tone: 'want' | 'seen' | 'maybe' | 'clash'
  readonly place?: { readonly file: string; readonly line?: number; readonly column?: number }
  readonly code?: { readonly text: string; readonly column: number; readonly note?: string }
  readonly text?: string
}
