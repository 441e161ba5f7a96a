import type { Route } from './route.ts'
import { audit } from './routes/audit.ts'
import { health } from './routes/health.ts'
import { me } from './routes/me.ts'
import { metrics } from './routes/metrics.ts'
import { openapi } from './routes/openapi.ts'
import { tokens } from './routes/tokens.ts'
import { webhooks } from './routes/webhooks.ts'

/** Every route of the API, one list a noun. One noun a line, so that two that are added at once do not meet. */
// prettier-ignore
export const routes: readonly Route[] = [
  ...audit,
  ...health,
  ...me,
  ...metrics,
  ...openapi,
  ...tokens,
  ...webhooks,
]
