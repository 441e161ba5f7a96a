import { parsePattern, type PathPattern } from '../model/path.ts'
import type { Workspace } from '../model/workspace.ts'

/** The paths of a workspace whose values are never shown, logged or stored. */
export function sensitiveOf({ sensitive = [] }: Pick<Workspace, 'sensitive'>): readonly PathPattern[] {
  return sensitive.map(parsePattern)
}
