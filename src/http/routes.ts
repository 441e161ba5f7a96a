import type { Route } from './route.ts'
import { admission } from './routes/admission.ts'
import { audit } from './routes/audit.ts'
import { batch } from './routes/batch.ts'
import { check } from './routes/check.ts'
import { checks } from './routes/checks.ts'
import { desired } from './routes/desired.ts'
import { events } from './routes/events.ts'
import { explainOnce } from './routes/explain-once.ts'
import { explain } from './routes/explain.ts'
import { files } from './routes/files.ts'
import { findings } from './routes/findings.ts'
import { health } from './routes/health.ts'
import { me } from './routes/me.ts'
import { metrics } from './routes/metrics.ts'
import { observed } from './routes/observed.ts'
import { openapi } from './routes/openapi.ts'
import { packs } from './routes/packs.ts'
import { proposals } from './routes/proposals.ts'
import { revisions } from './routes/revisions.ts'
import { session } from './routes/session.ts'
import { snapshots } from './routes/snapshots.ts'
import { teams } from './routes/teams.ts'
import { tokens } from './routes/tokens.ts'
import { unify } from './routes/unify.ts'
import { verdict } from './routes/verdict.ts'
import { webhooks } from './routes/webhooks.ts'
import { workspaces } from './routes/workspaces.ts'

/** Every route of the API, one list a noun. One noun a line, so that two that are added at once do not meet. */
// prettier-ignore
export const routes: readonly Route[] = [
  ...admission,
  ...audit,
  ...batch,
  ...check,
  ...checks,
  ...desired,
  ...events,
  ...explainOnce,
  ...explain,
  ...files,
  ...findings,
  ...health,
  ...me,
  ...metrics,
  ...observed,
  ...openapi,
  ...packs,
  ...proposals,
  ...revisions,
  ...session,
  ...snapshots,
  ...teams,
  ...tokens,
  ...unify,
  ...verdict,
  ...webhooks,
  ...workspaces,
]
