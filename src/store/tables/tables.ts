import type { Executor } from '../executor.ts'
import type { Tables } from '../store.ts'
import { approvals } from './approvals.ts'
import { audit } from './audit.ts'
import { checks } from './checks.ts'
import { events } from './events.ts'
import { files } from './files.ts'
import { findings } from './findings.ts'
import { proposals } from './proposals.ts'
import { revisions } from './revisions.ts'
import { sessions } from './sessions.ts'
import { snapshots } from './snapshots.ts'
import { tokens } from './tokens.ts'
import { webhooks } from './webhooks.ts'
import { workspaces } from './workspaces.ts'

/** All that is kept, through the store itself or within one transaction. */
export function tables(db: Executor): Tables {
  return {
    workspaces: workspaces(db),
    files: files(db),
    revisions: revisions(db),
    snapshots: snapshots(db),
    checks: checks(db),
    findings: findings(db),
    events: events(db),
    proposals: proposals(db),
    approvals: approvals(db),
    webhooks: webhooks(db),
    tokens: tokens(db),
    sessions: sessions(db),
    audit: audit(db),
  }
}
