import { sha256 } from '../../../model/sha256.ts'
import { Fault } from '../../../errors.ts'
import type { Revision } from '../../../model/revision.ts'
import { bundleSource } from '../../../workspace/bundle-source.ts'
import { readFragments } from '../../../workspace/read-fragments.ts'
import { readWorkspace, type ReadWorkspace } from '../../../workspace/read-workspace.ts'
import { workspaceFile } from '../../../workspace/workspace-file.ts'
import type { Asker } from '../asker.ts'
import type { StoredDependencies } from '../dependencies.ts'
import { keepRevision, moveHead } from '../move-head.ts'
import { candidateSource, contentOf } from '../revision-source.ts'

/** A workspace document that is to be in force. */
export interface PutWorkspaceInput {
  readonly workspace: string
  /** As it came, YAML or JSON: lines of problems and findings are lines of this text. */
  readonly document: Uint8Array
  /** Digests of which the document in force must have one; `*`: there must be one. */
  readonly ifMatch?: readonly string[] | '*'
  readonly asker: Asker
}

/** The revision that is in force now, and whether it is a new one. */
export interface PutWorkspaceResult {
  readonly outcome: 'created' | 'changed' | 'unchanged'
  readonly revision: Revision
}

/**
 * Creates a workspace or changes its document. The document is judged as `congruent.yaml` is: a Fault WORKSPACE_INVALID has every problem with its
 * line. Sets of teams that it no longer names are left behind.
 */
export async function putWorkspace(
  dependencies: Pick<StoredDependencies, 'store' | 'queue' | 'clock'>,
  { workspace, document, ifMatch, asker }: PutWorkspaceInput,
): Promise<PutWorkspaceResult> {
  const { store, queue, clock } = dependencies
  const read = await readWorkspace(bundleSource(workspace, new Map([[workspaceFile, document]])))
  refuseOtherName(workspace, read)
  const digest = sha256(document)
  return moveHead<PutWorkspaceResult>(
    store,
    workspace,
    async (head) => {
      refuseUnmatched(workspace, ifMatch, head)
      if (head?.parts.workspace === digest) return { answer: { outcome: 'unchanged', revision: head } }
      if (head !== undefined) await refuseUnreadable(dependencies, head, document)
      return {
        keep: async (tables) => {
          const kept = await tables.files.put(workspace, document)
          const teams = Object.entries(head?.parts.teams ?? {}).filter(([team]) =>
            Object.hasOwn(read.workspace.teams, team),
          )
          const revision = await keepRevision(queue, tables, workspace, {
            draft: {
              at: clock().toISOString(),
              by: asker.by,
              cause: { kind: 'workspace' },
              forced: false,
              parts: { ...head?.parts, workspace: kept, teams: Object.fromEntries(teams) },
            },
            environments: read.environments,
            asker,
            action: 'put workspace',
          })
          return { outcome: head === undefined ? 'created' : 'changed', revision }
        },
      }
    },
    async (tables) => {
      await tables.workspaces.create(workspace, clock().toISOString())
    },
  )
}

function refuseOtherName(name: string, { workspace, locate }: ReadWorkspace): void {
  if (workspace.workspace === name) return
  const message = `the document is of workspace \`${workspace.workspace}\`, and the address says \`${name}\``
  throw new Fault('WORKSPACE_INVALID', message, {
    places: [{ message, file: workspaceFile, ...locate(['workspace']) }],
  })
}

function refuseUnmatched(workspace: string, ifMatch: PutWorkspaceInput['ifMatch'], head: Revision | undefined): void {
  if (ifMatch === undefined) return
  if (ifMatch === '*' ? head !== undefined : ifMatch.includes(head?.parts.workspace ?? '')) return
  const found = head === undefined ? 'there is none yet' : `its digest is \`${head.parts.workspace}\``
  throw new Fault(
    'PRECONDITION_FAILED',
    `the document of workspace \`${workspace}\` is not the one that you changed: ${found}; read it again`,
  )
}

/** What was published must still be readable as the document says: one package of a folder, say. */
async function refuseUnreadable(
  { store }: Pick<StoredDependencies, 'store'>,
  { workspace, parts }: Revision,
  document: Uint8Array,
): Promise<void> {
  const { sets } = await contentOf(store.files, workspace, parts)
  const { source } = await candidateSource(workspace, document, sets)
  const read = await readWorkspace(source)
  for (const environment of read.environments) await readFragments(read, environment, source)
}
