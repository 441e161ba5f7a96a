import { readDocuments } from '../document/read.ts'
import type { Exemption, Exemptions } from '../model/exemption.ts'
import { compareText } from '../model/order.ts'
import type { Workspace } from '../model/workspace.ts'
import { schemaProblems } from '../schema/problems.ts'
import { validateExemptions } from '../schema/exemption-validators.js'
import type { Source } from './source.ts'

/** An exemption, and where it stands. */
export interface PlacedExemption extends Exemption {
  readonly file: string
  readonly line: number
}

/** What is wrong with a file of exemptions; the others hold. */
export interface ExemptionProblem {
  readonly file: string
  readonly line?: number
  readonly message: string
}

/** The exemptions of the files that a workspace names, sorted by id, and what of these files cannot be read. */
export async function readExemptions(
  { exemptions: globs = [] }: Pick<Workspace, 'exemptions'>,
  source: Source,
): Promise<{ readonly exemptions: readonly PlacedExemption[]; readonly problems: readonly ExemptionProblem[] }> {
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
      if (found.length > 0) continue
      // The schema has just been found to fit.
      const { exemptions: held } = data as unknown as Exemptions
      exemptions.push(
        ...held.map((one, index) => ({ ...one, file, line: document.locate(['exemptions', String(index)]).line })),
      )
    }
  }
  return { exemptions: exemptions.toSorted((a, b) => compareText(a.id, b.id) || compareText(a.file, b.file)), problems }
}
