import type { Conjunct, Observation } from '../model/finding.ts'
import type { Path } from '../model/path.ts'
import type { Cut } from '../observation/cut.ts'
import type { FragmentSet } from '../workspace/fragments.ts'
import type { SourceRead } from '../workspace/source.ts'

/** The lines of each file that findings name; a line that holds a masked value is left out. */
export type QuotedLines = ReadonlyMap<string, readonly (string | undefined)[]>

/** Where the masked values of an environment stand. */
export interface MaskedIn {
  readonly fragments: FragmentSet
  readonly cut?: Pick<Cut, 'observed' | 'observe'>
}

/** What points at lines: a finding, an explanation. */
export interface Pointing {
  readonly conjuncts: readonly Conjunct[]
  readonly observations: readonly Observation[]
}

/** Reads the files that findings point at, without the lines on which masked values stand. */
export async function quotedLines(
  pointing: readonly Pointing[],
  read: (file: string) => Promise<SourceRead>,
  maskedIn: readonly MaskedIn[],
): Promise<QuotedLines> {
  const masked = maskedLines(maskedIn)
  const files = new Set(pointing.flatMap(filesOf))
  const quoted = await Promise.all(
    Array.from(files, async (file) => {
      const bytes = await read(file)
      if (!bytes.ok) return []
      const hidden = masked.get(file)
      const lines = new TextDecoder().decode(bytes.bytes).split(/\r\n|\n|\r/)
      const shown = lines.map((line, index) => (hidden?.has(index + 1) || holdsSecret(line) ? undefined : line))
      return [[file, shown]] as const
    }),
  )
  return new Map(quoted.flat())
}

/** Whether a line may hold a Secret whole, as JSON on one line does: also one that was left out and has no masked values. */
function holdsSecret(line: string): boolean {
  return /\bkind\W{1,9}Secret\b/.test(line) && /\b(?:data|stringData|last-applied-configuration)\b/.test(line)
}

function filesOf({ conjuncts, observations }: Pointing): readonly string[] {
  return [...conjuncts, ...observations].flatMap(({ file }) => (file === undefined ? [] : [file]))
}

function maskedLines(maskedIn: readonly MaskedIn[]): ReadonlyMap<string, ReadonlySet<number>> {
  const byFile = new Map<string, Set<number>>()
  const hide = (file: string | undefined, line: number | undefined): void => {
    if (file === undefined || line === undefined) return
    byFile.set(file, (byFile.get(file) ?? new Set<number>()).add(line))
  }
  for (const { fragments, cut } of maskedIn) {
    for (const path of cut?.observed.masked ?? [])
      for (const { file, line } of cut?.observe(path) ?? []) hide(file, line)
    for (const [index, part] of fragments.fragments.parts.entries()) {
      if (part.kind !== 'data') continue
      for (const path of part.masked ?? []) hide(...placeOf(path, fragments, index))
    }
  }
  return byFile
}

function placeOf(path: Path, fragments: FragmentSet, part: number): readonly [string | undefined, number | undefined] {
  const origin = fragments.origins.get(part)?.(path, false)
  return origin === undefined
    ? [undefined, undefined]
    : [origin.document.file, origin.document.locate(origin.pointer).line]
}
