import { readDocuments } from '../document/read.ts'
import { isDataList, type Data } from '../model/data.ts'
import { dataMap, memberOf } from '../model/data-map.ts'
import type { Exemption } from '../model/exemption.ts'
import { compareText } from '../model/order.ts'
import type { Workspace } from '../model/workspace.ts'
import { fitsSchema, schemaProblems } from '../schema/problems.ts'
import { validateExemptions } from '../schema/exemption-validators.js'
import type { Source } from './source.ts'

/** An exemption, and where it stands. */
export interface PlacedExemption extends Exemption {
  readonly file: string
  readonly line: number
}

/** What is wrong with a file of exemptions, or with one of them; the others hold. */
export interface ExemptionProblem {
  readonly file: string
  readonly line?: number
  readonly message: string
}

/** What the files of exemptions say. */
export interface ReadExemptions {
  /** Sorted by id, file and line. */
  readonly exemptions: readonly PlacedExemption[]
  readonly problems: readonly ExemptionProblem[]
}

/** The exemptions of the files that a workspace names, sorted by id, and what of these files cannot be read. */
export async function readExemptions(
  { exemptions: globs = [] }: Pick<Workspace, 'exemptions'>,
  source: Source,
): Promise<ReadExemptions> {
  const exemptions: PlacedExemption[] = []
  const problems: ExemptionProblem[] = []
  for (const file of await source.list(globs)) {
    const read = await source.read(file)
    if (!read.ok) {
      problems.push({ file, message: read.message })
      continue
    }
    const { documents, unreadable } = readDocuments(file, read.bytes)
    problems.push(
      ...unreadable.map(({ message, position }) => ({ file, message, ...(position && { line: position.line }) })),
    )
    for (const document of documents) {
      const { data } = document
      const found = schemaProblems(validateExemptions, data)
      problems.push(
        ...found.map(({ message, pointer, target }) => ({
          file,
          line: document.locate(pointer, target).line,
          message,
        })),
      )
      for (const [index, one] of fitting(data).entries())
        if (one !== undefined)
          exemptions.push({ ...one, file, line: document.locate(['exemptions', String(index)]).line })
    }
  }
  const sorted = exemptions.toSorted(
    (a, b) => compareText(a.id, b.id) || compareText(a.file, b.file) || a.line - b.line,
  )
  return { exemptions: sorted, problems }
}

/** The exemptions of a document, each where it stands; none in the place of one that is wrong. */
function fitting(data: Data): readonly (Exemption | undefined)[] {
  const list = memberOf(data, 'exemptions')
  if (list === undefined || !isDataList(list)) return []
  return list.map((one) => {
    const alone = dataMap([['exemptions', [one]]])
    // The schema has just been found to fit.
    return fitsSchema(validateExemptions, alone) ? (one as unknown as Exemption) : undefined
  })
}
