import { posix } from 'node:path'

/** The name in the workspace of a file that is named beside a file of tests; undefined where it would lie outside. */
export function besideTest(test: string, name: string): string | undefined {
  if (posix.isAbsolute(name) || name.includes('\\')) return undefined
  const found = posix.join(posix.dirname(test), name)
  return found === '..' || found.startsWith('../') ? undefined : found
}
