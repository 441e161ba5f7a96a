import { placedNotes } from '../check/placed-notes.ts'
import { findingsOf } from '../check/findings.ts'
import type { DesiredState } from '../model/desired.ts'
import type { Path } from '../model/path.ts'
import type { Source } from '../workspace/source.ts'
import { limitsOf, type Dependencies, type RequestOptions } from './dependencies.ts'
import { oneEnvironment } from './environments.ts'
import type { QuotedLines } from '../model/quoted-line.ts'
import { sortedNotes } from '../model/sorted-notes.ts'
import { quotedLines } from './quoted-lines.ts'
import { maskedDesired, maskedNotes, sensitiveMask } from './sensitive-mask.ts'
import { subjectOf } from './subject.ts'

/** What to unify. */
export interface UnifyInput extends RequestOptions {
  /** The workspace. */
  readonly source: Source
  /** Needed where the workspace has several. */
  readonly environment?: string
  /** Only this part of the desired state; default the whole. */
  readonly path?: Path
  /** What to write out; default both. What is not concrete is always listed. */
  readonly want?: readonly ('cue' | 'json')[]
}

/** A desired state, and the lines of the files that its findings name. */
export interface UnifyResult {
  readonly desired: DesiredState
  readonly quoted: () => Promise<QuotedLines>
}

/** Unifies the fragments of one environment: the desired state, or every conflict that stands in its way. */
export async function unify(dependencies: Dependencies, input: UnifyInput): Promise<UnifyResult> {
  const { source, path, want = ['cue', 'json'] } = input
  const opened = await dependencies.open(source)
  const { read } = opened
  const { workspace } = read
  const environment = oneEnvironment(input.environment, read.environments)
  const engine = await dependencies.engine(input.engine ?? workspace.engine ?? 'cue-go')
  const fragments = await opened.fragments(environment)
  const limits = limitsOf(input, subjectOf(environment, fragments))
  const mask = await sensitiveMask({ workspace, fragments }, engine, limits)
  const answer = await engine.unify(
    { fragments: fragments.fragments, want: [...want, 'incomplete'], ...(path === undefined ? {} : { path }) },
    limits,
  )
  const found = findingsOf({ environment, workspace, entry: 'ci', found: answer.findings, fragments })
  const findings = mask?.findings(found) ?? found
  const {
    cue,
    json,
    incomplete = [],
  } = mask === undefined ? (answer.desired ?? {}) : maskedDesired(answer.desired ?? {}, path ?? [], mask)
  const desired: DesiredState = {
    workspace: workspace.workspace,
    environment,
    digest: answer.digest,
    findings,
    notes: sortedNotes(maskedNotes([...read.notes, ...fragments.notes, ...placedNotes(answer.notes, fragments)], mask)),
    ...(cue === undefined ? {} : { cue }),
    ...(json === undefined ? {} : { json }),
    incomplete,
    lacks: answer.lacks,
  }
  const maskedIn = [{ fragments, ...(mask && { mask }) }]
  return { desired, quoted: () => quotedLines(findings, (file) => source.read(file), maskedIn) }
}
