import type { Route } from './route.ts'
import { audit } from './routes/audit.ts'
import { health } from './routes/health.ts'
import { me } from './routes/me.ts'
import { metrics } from './routes/metrics.ts'
import { openapi } from './routes/openapi.ts'
import { tokens } from './routes/tokens.ts'

/** Every route of the API, one list a noun, in the order in which the documentation lists them. */
export const routes: readonly Route[] = [...health, ...metrics, ...openapi]
