import type { ReadingTime } from '../document/reading-time.ts'
import { Fault } from '../errors.ts'
import type { ObservationEntry } from '../model/workspace.ts'
import type { Cut } from '../observation/cut.ts'
import type { CutRequest } from '../observation/cut-request.ts'
import { readCut } from '../observation/read-cut.ts'
import { sensitiveOf } from '../workspace/sensitive.ts'
import type { ReadWorkspace } from '../workspace/read-workspace.ts'
import type { Source, SourceRead } from '../workspace/source.ts'

/** Where a request's workspace and observations come from. */
export interface Inputs extends Pick<CutRequest, 'files' | 'override' | 'partial'> {
  /** The workspace. */
  readonly source: Source
  /** Where its observations are read from; default: the workspace. */
  readonly observations?: Source
  /** Reads standard input, for observations that list `-`; asked for only then. */
  readonly stdin?: () => Promise<SourceRead>
  /** What is observed, where somebody else reads it: then nothing else here says what is. */
  readonly cut?: (environment: string, time: ReadingTime | undefined) => Promise<Cut>
}

/** Reads the newest cut of an environment's observations: those of the workspace, or the files that were given instead. */
export async function observedIn(
  environment: string,
  { workspace }: ReadWorkspace,
  { source, observations, stdin, files, override, partial, cut }: Inputs,
  shared: Pick<CutRequest, 'now' | 'cache' | 'time' | 'rereading' | 'definitions'>,
): Promise<Cut> {
  if (cut !== undefined) return cut(environment, shared.time)
  const entries = workspace.observations ?? []
  const listed = files === undefined && entries.some((entry) => readsStdin(entry, environment))
  const sensitive = sensitiveOf(workspace)
  const bytes = listed && stdin !== undefined ? await stdin() : undefined
  if (bytes?.ok === false) throw new Fault('INPUT_NOT_FOUND', bytes.message)
  return readCut({
    ...shared,
    entries,
    environment,
    source: observations ?? source,
    ...(sensitive.length === 0 ? {} : { sensitive }),
    ...(files === undefined ? {} : { files }),
    ...(override === undefined ? {} : { override }),
    ...(partial === undefined ? {} : { partial }),
    ...(bytes === undefined ? {} : { stdin: bytes.bytes }),
  })
}

/** Reads files by the names that findings give them: those that were given by name, standard input, else those of the workspace. */
export function readerOf({ source, observations, files, stdin }: Inputs): (name: string) => Promise<SourceRead> {
  return async (name) => {
    const given = files?.find((file) => file.name === name)
    if (given !== undefined) return given.read()
    if (name === '-' && stdin !== undefined) return stdin()
    const observed = await observations?.read(name)
    return observed?.ok === true ? observed : source.read(name)
  }
}

function readsStdin(entry: ObservationEntry, environment: string): boolean {
  return entry.files.includes('-') && (entry.environment ?? environment) === environment
}
