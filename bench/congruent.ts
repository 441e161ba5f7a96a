import { fileURLToPath } from 'node:url'

/** The command line of this checkout, as a process. */
export const congruent = [process.execPath, fileURLToPath(new URL('../../bin/congruent.js', import.meta.url))] as const
