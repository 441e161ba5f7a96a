import { fileURLToPath } from 'node:url'

/** Where tests keep what makes embedded databases begin faster; a new build begins anew. */
export const emptyDatabases = fileURLToPath(new URL('../../test-cache', import.meta.url))
