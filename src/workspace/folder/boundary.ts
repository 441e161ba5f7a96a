import { realpathSync } from 'node:fs'
import { resolve, sep } from 'node:path'

/** The border of a folder: what is inside, by real paths. */
export interface Boundary {
  /** The folder, absolute. */
  readonly root: string
  /** Whether a real path lies in the folder. */
  readonly inside: (path: string) => boolean
}

/** The border of a folder, whose own real path is looked up once. */
export function boundaryOf(dir: string): Boundary {
  const root = resolve(dir)
  let real: string | undefined
  return {
    root,
    inside: (path) => {
      real ??= realpathSync.native(root)
      return path === real || path.startsWith(real.endsWith(sep) ? real : real + sep)
    },
  }
}
