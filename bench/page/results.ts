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

/** The commit that is checked out, and whether something was changed since. */
function commit(): string {
  const asked = ['describe', '--always', '--dirty', '--abbrev=12', '--exclude=*']
  return spawnSync('git', asked, { cwd: root, encoding: 'utf8' }).stdout.trim() || 'unknown'
}

/** Everything that was measured of what is checked out, in runs of single questions, too. */
export function results(): Results {
  const [file, now] = [fileOf(commit()), new Date().toISOString().slice(0, 10)]
  const none = { commit: commit(), date: now, tables: [] }
  if (!existsSync(file)) return none
  const known: Results = JSON.parse(readFileSync(file, 'utf8'))
  return known
}

/** Adds a table, instead of an older one about the same. */
export function remember(table: Table): void {
  const known = results()
  const tables = [...known.tables.filter(({ id }) => id !== table.id), table]
  mkdirSync(cache, { recursive: true })
  const now: Results = { ...known, date: new Date().toISOString().slice(0, 10), tables }
  writeFileSync(fileOf(known.commit), JSON.stringify(now, undefined, 1))
}

function fileOf(commit: string): string {
  return join(cache, `results-${commit}.json`)
}
