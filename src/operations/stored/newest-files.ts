import type { NamedFile } from '../../observation/cut-request.ts'
import type { StoredDependencies } from './dependencies.ts'

/** PLACEHOLDER until the observed side gives the cut of a stored workspace. */
export async function newestFiles(
  _dependencies: Pick<StoredDependencies, 'store'>,
  _workspace: string,
  _environment: string,
): Promise<readonly NamedFile[]> {
  return []
}
