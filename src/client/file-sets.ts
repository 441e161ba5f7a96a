import { Fault } from '../errors.ts'
import { isDataObject } from '../model/data.ts'
import { memberOf } from '../model/data-map.ts'
import type { Finding } from '../model/finding.ts'
import type { Client } from './client.ts'
import { notUnderstood, readFindings } from './findings.ts'

/** Whose files: a team's, or those of no team. */
export interface FileSetName {
  readonly workspace: string
  readonly team?: string
}

/** What came of files that were sent. */
export type Published =
  | { readonly outcome: 'published' | 'unchanged'; readonly revision: number; readonly conflicts: readonly Finding[] }
  | {
      readonly outcome: 'refused'
      readonly code: 'FRAGMENTS_CONFLICT' | 'APPROVAL_MISSING'
      readonly message: string
      /** What the set is kept as. */
      readonly proposal?: string
      readonly conflicts: readonly Finding[]
    }

/** The texts of a file set in force, by name; none where there are no files yet. Undefined where the asker may not read them. */
export async function fetchFiles(client: Client, name: FileSetName): Promise<ReadonlyMap<string, string> | undefined> {
  try {
    const { data } = await client.send({ method: 'GET', path: pathOf(name) })
    const files = memberOf(data, 'files')
    if (files === undefined || !isDataObject(files)) throw notUnderstood(client.server)
    return new Map(Object.entries(files).map(([file, text]) => [file, typeof text === 'string' ? text : '']))
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    if (error.code === 'NOT_FOUND' || error.code === 'WORKSPACE_NOT_FOUND') return new Map()
    if (error.code === 'FORBIDDEN') return undefined
    throw error
  }
}

/** Sends all files of a set. Conflicts that refuse them, and approvals that are missing, are an answer, not a fault. */
export async function publishFiles(
  client: Client,
  name: FileSetName,
  files: ReadonlyMap<string, string>,
  force: boolean,
): Promise<Published> {
  try {
    const { data } = await client.send({
      method: 'PUT',
      path: pathOf(name),
      query: force ? { force: 'true' } : {},
      body: JSON.stringify({ files: Object.fromEntries(files) }),
    })
    const outcome = memberOf(data, 'outcome') === 'unchanged' ? 'unchanged' : 'published'
    const revision = memberOf(memberOf(data, 'revision'), 'revision')
    if (typeof revision !== 'number') throw notUnderstood(client.server)
    return { outcome, revision, conflicts: readFindings(client.server, memberOf(data, 'conflicts')) }
  } catch (error) {
    if (!(error instanceof Fault) || (error.code !== 'FRAGMENTS_CONFLICT' && error.code !== 'APPROVAL_MISSING'))
      throw error
    const { code, message, details } = error
    const { conflicts, proposal } = details
    return {
      outcome: 'refused',
      code,
      message,
      ...(typeof proposal === 'string' ? { proposal } : {}),
      conflicts:
        code === 'APPROVAL_MISSING'
          ? []
          : readFindings(client.server, Array.isArray(conflicts) ? conflicts : undefined),
    }
  }
}

function pathOf({ workspace, team }: FileSetName): readonly string[] {
  const base = ['v1', 'workspaces', workspace]
  return team === undefined ? [...base, 'files'] : [...base, 'teams', team, 'fragments']
}
