import { dataText } from '../../document/data-reading.ts'
import { Fault } from '../../errors.ts'
import { isDataObject, type Data, type DataObject } from '../../model/data.ts'
import { bundleSource } from '../../workspace/bundle-source.ts'
import { keptFiles } from '../../workspace/file-name.ts'
import type { Source } from '../../workspace/source.ts'
import { workspaceFile } from '../../workspace/workspace-file.ts'

/** A whole workspace that came with a request, to be read as any other. Names that no file of a workspace has are a Fault BODY_INVALID. */
export function sentWorkspace(document: DataObject, files: Data | undefined): Source {
  const texts = files !== undefined && isDataObject(files) ? Object.entries(files) : []
  const kept = keptFiles(texts)
  const problems = kept.problems.map(({ name, problem }) => ({
    path: 'files',
    message: `the name \`${name}\` ${problem}`,
  }))
  if (problems[0] !== undefined) throw new Fault('BODY_INVALID', problems[0].message, { details: { problems } })
  const bytes = new Map(
    Array.from(kept.files, ([name, text]) => [name, Buffer.from(typeof text === 'string' ? text : '')]),
  )
  return bundleSource('the request', bytes.set(workspaceFile, Buffer.from(dataText(document))))
}
