import type { FunctionComponent } from 'preact'
import { Finding } from './finding/finding.tsx'
import { Findings } from './findings/findings.tsx'
import { Nothing } from './nothing.tsx'
import { Observers } from './observers/observers.tsx'
import { Overview } from './overview/overview.tsx'
import { FileReview } from './review/file-review.tsx'
import { Proposal } from './review/proposal.tsx'
import { Reviews } from './review/reviews.tsx'
import { Rules } from './rules/rules.tsx'
import { Tree } from './tree/tree.tsx'

/** A page of a workspace. */
export interface PageOfWorkspace {
  readonly name: string
  readonly title: string
  /** Its place below the workspace; what stands there in the navigation. */
  readonly path: string
  /** With `g` before it goes there. */
  readonly key: string
  readonly Page: FunctionComponent
}

/** What the navigation lists, in its order. */
export const pages: readonly PageOfWorkspace[] = [
  { name: 'overview', title: 'Overview', path: '', key: 'o', Page: Overview },
  { name: 'findings', title: 'Findings', path: 'findings', key: 'f', Page: Findings },
  { name: 'tree', title: 'Tree', path: 'tree', key: 't', Page: Tree },
  { name: 'review', title: 'Review', path: 'review', key: 'r', Page: Reviews },
  { name: 'observers', title: 'Observers', path: 'observers', key: 'b', Page: Observers },
  { name: 'rules', title: 'Rules', path: 'rules', key: 'u', Page: Rules },
]

const fileReview = { name: 'review', title: 'Review', path: 'review', key: '', Page: FileReview }
const proposal = { name: 'review', title: 'Review', path: 'review', key: '', Page: Proposal }
const finding = { name: 'finding', title: 'Finding', path: 'findings', key: '', Page: Finding }
const nothing = { name: 'nothing', title: 'Not found', path: '-', key: '', Page: Nothing }

/** The page of a path below the root: `w/shop/findings`. */
export function pageOf(path: string): PageOfWorkspace {
  const below = path.replace(/^w\/[^/]+\/?/, '').replace(/\/$/, '')
  if (/^findings\/[0-9a-f]{32}$/.test(below)) return finding
  if (below === 'review/file') return fileReview
  if (/^review\/[^/]+$/.test(below)) return proposal
  return pages.find((page) => page.path === below) ?? nothing
}
