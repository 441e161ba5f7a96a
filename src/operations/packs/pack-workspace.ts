import { bundleSource } from '../../workspace/bundle-source.ts'
import type { Source } from '../../workspace/source.ts'
import { workspaceFile } from '../../workspace/workspace-file.ts'

/** A workspace that says nothing itself and uses the given packs. */
export function packWorkspace(packs: readonly string[]): Source {
  const document = JSON.stringify({ workspace: 'packs', teams: {}, packs })
  return bundleSource('packs', new Map([[workspaceFile, Buffer.from(document)]]))
}
