import { decodeText } from '../document/text.ts'
import type { Workspace } from '../model/workspace.ts'
import { readClaims, winningClaim } from './claims.ts'
import { cueHeader } from './cue-header.ts'
import type { Source } from './source.ts'

/** Says which team a file of a source belongs to, by its name and content; undefined: none. */
export type TeamOfFile = (name: string, bytes: Uint8Array) => string | undefined

/**
 * Whose files are whose: the most specific fragment path decides, in whatever environment it takes part. Where two teams give one path for
 * different environments, it belongs to the team whose name comes first.
 */
export async function teamOfFile(workspace: Workspace, source: Source): Promise<TeamOfFile> {
  const claims = await readClaims(workspace, noEnvironment, source)
  return (file, bytes) => {
    const text = file.endsWith('.cue') ? decodeText(bytes) : undefined
    const name = text !== undefined && 'text' in text ? cueHeader(text.text).package : undefined
    return winningClaim(claims, { file, package: name })?.team
  }
}

/** No environment has the empty name. */
const noEnvironment = ''
