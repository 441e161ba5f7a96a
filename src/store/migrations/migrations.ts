import { first } from './0001-first.ts'
import { approvals } from './0002-approvals.ts'
import { sessions } from './0003-sessions.ts'
import type { Migration } from './migration.ts'

/** In the order in which they are made. */
// One a line, so that two that are added at once do not meet.
// prettier-ignore
export const migrations: readonly Migration[] = [
  first,
  approvals,
  sessions,
]
