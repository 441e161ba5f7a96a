import { Fault } from '../../errors.ts'
import { isDataList, isDataObject, type Data, type DataObject } from '../../model/data.ts'
import { parsePath, PathSyntaxError, type Path } from '../../model/path.ts'
import { timeOf } from '../../model/time.ts'

/** A request about a workspace that is stored, or comes along: it fits the schema of its route. */
export type SentRequest = DataObject

/** The name of a stored workspace that a request is about; undefined where it brings a whole one. */
export function storedName({ workspace }: SentRequest): string | undefined {
  return typeof workspace === 'string' ? workspace : undefined
}

/** The text of a member; undefined where there is none. */
export function textIn(request: SentRequest, name: string): string | undefined {
  const value = request[name]
  return typeof value === 'string' ? value : undefined
}

export function snapshotsIn({ snapshots }: SentRequest): readonly Data[] {
  return snapshots !== undefined && isDataList(snapshots) ? snapshots : []
}

/** The moment that a request is about, if it says one. Throws a Fault BODY_INVALID where there is no such time. */
export function momentIn(request: SentRequest): Date | undefined {
  const text = textIn(request, 'now')
  if (text === undefined) return undefined
  const now = new Date(timeOf(text))
  if (!Number.isNaN(now.getTime())) return now
  throw invalid('now', `\`now\` is \`${text}\`, and there is no such time`)
}

/** A CUE path in a request; default the root. Throws a Fault BODY_INVALID. */
export function pathIn(request: SentRequest, name: string): Path {
  try {
    return parsePath(textIn(request, name) ?? '')
  } catch (error) {
    if (error instanceof PathSyntaxError) throw invalid(name, `\`${name}\`: ${error.message}`)
    throw error
  }
}

/** The whole workspace of a request. */
export function wholeWorkspace({ workspace }: SentRequest): DataObject {
  if (workspace !== undefined && isDataObject(workspace)) return workspace
  throw invalid('workspace', '`workspace` is missing: required is the name of a stored one, or a whole one')
}

function invalid(path: string, message: string): Fault {
  return new Fault('BODY_INVALID', message, { details: { problems: [{ path, message }] } })
}
