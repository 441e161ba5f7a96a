import { dataText } from '../../document/data-reading.ts'
import { Fault } from '../../errors.ts'
import { isDataList, isDataObject, type Data, type DataObject } from '../../model/data.ts'
import { adapterNames, type Covers } from '../../model/workspace.ts'
import type { NamedFile, ReportedAs } from '../../observation/cut-request.ts'

/**
 * What observers saw, as files that findings can name: `snapshots[0]` is a snapshot document, `snapshots[0].state` and
 * `snapshots[0].documents[1]` are parts of what came as an observer has it. All of it fits the schema of a request to check.
 */
export function sentSnapshots(snapshots: readonly Data[]): readonly NamedFile[] {
  return snapshots.flatMap((sent, index) => {
    const name = `snapshots[${index}]`
    if (!isDataObject(sent)) return []
    if (sent['snapshot'] === undefined) return observed(name, sent)
    return [file(name, sent, { observer: textOf(sent['observer']) ?? name, adapter: 'snapshot' })]
  })
}

function observed(name: string, form: DataObject): readonly NamedFile[] {
  const { state, documents } = form
  if ((state === undefined) === (documents === undefined)) {
    const message = `\`${name}\` needs either \`state\` or \`documents\``
    throw new Fault('BODY_INVALID', message, { details: { problems: [{ path: name, message }] } })
  }
  const at = textOf(form['at'])
  const reported: ReportedAs = {
    observer: textOf(form['observer']) ?? name,
    adapter: adapterNames.find((name) => name === form['adapter']) ?? 'plain',
    ...(at === undefined ? {} : { at }),
    ...coversOf(form['covers']),
  }
  if (state !== undefined) return [file(`${name}.state`, state, reported)]
  const several = documents !== undefined && isDataList(documents) ? documents : []
  return several.map((document, index) => file(`${name}.documents[${index}]`, document, reported))
}

function file(name: string, data: Data, reported: ReportedAs): NamedFile {
  return { name, data, reported, read: async () => ({ ok: true, bytes: Buffer.from(dataText(data)) }) }
}

function coversOf(covers: Data | undefined): { readonly covers?: Covers } {
  if (covers === 'all' || covers === 'objects' || covers === 'kinds') return { covers }
  return covers !== undefined && isDataList(covers) ? { covers: covers.map(String) } : {}
}

function textOf(value: Data | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined
}
