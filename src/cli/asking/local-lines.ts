import type { Finding } from '../../model/finding.ts'
import type { QuotedLines } from '../../model/quoted-line.ts'
import type { Source } from '../../workspace/source.ts'

/**
 * The lines of this workspace that findings of a server point at: of CUE only, as it is not known here which values of data are masked.
 */
export async function localLines(findings: readonly Finding[], source: Source): Promise<QuotedLines> {
  const { quotedLines } = await import('../../congruent.ts')
  return quotedLines(
    findings,
    async (file) =>
      file.endsWith('.cue')
        ? source.read(file)
        : { ok: false, reason: 'absent', message: `\`${file}\` is not read here` },
    [],
  )
}
