import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Table } from '../measure/table.ts'
import { cache, root } from '../root.ts'

/** What was measured of one commit, and when the last of it was. */
export interface Results {
  readonly commit: string
  readonly date: string
  readonly tables: readonly Table[]
}

/** The commit that is checked out, and whether anything but the page was changed since; told once, as it was at the start. */
const commit = describeCommit()

function describeCommit(): string {
  const git = (...args: readonly string[]): string =>
    spawnSync('git', args, { cwd: root, encoding: 'utf8' }).stdout?.trim() ?? ''
  const head = git('rev-parse', '--short=12', 'HEAD')
  if (head === '') return 'unknown'
  const changed = git('status', '--porcelain', '--untracked-files=no', '--', '.', ':!docs/performance.md') !== ''
  return changed ? `${head}-changed` : head
}

/** Everything that was measured of what is checked out, in runs of single questions, too. */
export function results(): Results {
  const file = fileOf(commit)
  if (!existsSync(file)) return { commit, date: new Date().toISOString().slice(0, 10), tables: [] }
  const known: Results = JSON.parse(readFileSync(file, 'utf8'))
  return known
}

/** Adds a table, instead of an older one about the same. */
export function remember(table: Table): void {
  const known = results()
  const isKnown = known.tables.some(({ id }) => id === table.id)
  const tables = isKnown ? known.tables.map((old) => (old.id === table.id ? table : old)) : [...known.tables, table]
  mkdirSync(cache, { recursive: true })
  const now: Results = { ...known, date: new Date().toISOString().slice(0, 10), tables }
  writeFileSync(fileOf(commit), JSON.stringify(now, undefined, 1))
}

function fileOf(name: string): string {
  return join(cache, `results-${name}.json`)
}
