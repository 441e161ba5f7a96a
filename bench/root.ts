import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The root of this checkout. */
export const root = fileURLToPath(new URL('../../', import.meta.url))

/** Where everything is that the benchmarks build and remember; safe to delete. */
export const cache = join(root, 'node_modules/.cache/congruent-bench')
