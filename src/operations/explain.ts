import { placedNotes } from '../check/placed-notes.ts'
import { placed } from '../check/draft.ts'
import { findingsOf } from '../check/findings.ts'
import { ownersOf } from '../check/owner.ts'
import type { Entry } from '../check/severity.ts'
import { compareConjuncts, sortedUnique } from '../check/sort.ts'
import { verdictOf } from '../check/verdict.ts'
import { wholeOf } from '../evaluation/division/whole.ts'
import type { ExplainedConjunct as EngineExplainedConjunct } from '../engine/protocol.ts'
import type { ExplainedConjunct, Explanation } from '../model/explanation.ts'
import type { Path } from '../model/path.ts'
import type { FragmentSet } from '../workspace/fragments.ts'
import { limitsOf, type Dependencies, type RequestOptions } from './dependencies.ts'
import { oneEnvironment } from './environments.ts'
import type { QuotedLines } from '../model/quoted-line.ts'
import { sortedNotes } from '../model/sorted-notes.ts'
import { observedIn, readerOf, type Inputs } from './inputs.ts'
import { digestsAt } from './place-digests.ts'
import { quotedLines } from './quoted-lines.ts'
import { removedFields, withRemoved } from './removed-fields.ts'
import { maskedNotes, sensitiveMask, withoutSecrets } from './sensitive-mask.ts'
import { settlingOf } from './settling.ts'
import { subjectOf } from './subject.ts'

/** What to explain. */
export interface ExplainInput extends RequestOptions, Inputs {
  /** Needed where the workspace has several. */
  readonly environment?: string
  readonly path: Path
  /** Where a check would be asked for; default `ci`. */
  readonly entry?: Entry
  /** Default: the clock. */
  readonly now?: Date
  /** Whether places say the digests of their files. */
  readonly digests?: boolean
}

/** An explanation, and the lines of the files that it names. */
export interface ExplainResult {
  readonly explanation: Explanation
  readonly quoted: () => Promise<QuotedLines>
  /** The last moment, in milliseconds since 1970, at which the same inputs give the same explanation. */
  readonly holdsUntil: number
}

/** Says what the desired state holds at a path, who contributed what, what each observer sees there, and what that comes to. */
export async function explain(dependencies: Dependencies, input: ExplainInput): Promise<ExplainResult> {
  const { path, now = dependencies.clock() } = input
  const opened = await dependencies.open(input.source)
  const { read } = opened
  const { workspace } = read
  const environment = oneEnvironment(input.environment, read.environments)
  const engine = await dependencies.engine(input.engine ?? workspace.engine ?? 'cue-go')
  const fragments = await opened.fragments(environment)
  const { definitions = [] } = fragments
  const cut = await observedIn(environment, read, input, { now, rereading: dependencies.rereading, definitions })
  const limits = limitsOf(input, subjectOf(environment, fragments, cut))
  const mask = await sensitiveMask({ workspace, fragments, cut }, engine, limits)
  const [answer, removed] = await Promise.all([
    engine.explain({ fragments: fragments.fragments, observed: wholeOf(cut.observed), path }, limits),
    removedFields(engine, fragments.fragments, cut, limits),
  ])
  const told = removed.filter(({ path: at }) => path.every((label, index) => at[index] === label))
  const about = { environment, workspace, fragments, cut: mask === undefined ? cut : withoutSecrets(cut, workspace) }
  const found = findingsOf({ ...about, entry: input.entry ?? 'ci', found: withRemoved(answer.findings, told) })
  const findings = mask?.findings(found) ?? found
  const settling = await settlingOf(findings, { fragments, workspace }, engine, limits)
  const cue = (text: string): string => mask?.cue(text, path) ?? text
  const conjuncts = explained(answer.conjuncts, fragments)
  const closedBy = sortedUnique(placed(answer.closedBy, fragments), compareConjuncts)
  const observations = cut.observe(path)
  const withDigest = await digestsAt(
    input.digests === true ? [...conjuncts, ...closedBy, ...observations] : [],
    readerOf(input),
  )
  const owner = ownersOf(workspace.teams)(path)
  const explanation: Explanation = {
    workspace: workspace.workspace,
    environment,
    path,
    at: answer.at,
    exists: answer.exists,
    ...(answer.value === undefined ? {} : { value: cue(answer.value) }),
    ...(answer.kind === undefined ? {} : { kind: answer.kind }),
    ...(answer.default === undefined ? {} : { default: cue(answer.default) }),
    conjuncts: (mask?.conjuncts(conjuncts, path) ?? conjuncts).map(withDigest),
    closedBy: (mask?.conjuncts(closedBy, path) ?? closedBy).map(withDigest),
    observations: (mask?.observations(observations) ?? observations).map(withDigest),
    ...(owner === undefined ? {} : { owner }),
    findings,
    ...(settling.length === 0 ? {} : { settling }),
    verdict: verdictOf(findings, 'error'),
    notes: sortedNotes(
      maskedNotes([...read.notes, ...fragments.notes, ...cut.notes, ...placedNotes(answer.notes, fragments)], mask),
    ),
    lacks: answer.lacks,
  }
  const quoted = (): Promise<QuotedLines> =>
    quotedLines([explanation, ...findings], readerOf(input), [{ fragments, cut, ...(mask && { mask }) }])
  return { explanation, quoted, holdsUntil: cut.holdsUntil }
}

function explained(
  conjuncts: readonly EngineExplainedConjunct[],
  fragments: FragmentSet,
): readonly ExplainedConjunct[] {
  return conjuncts
    .flatMap((conjunct) =>
      placed([conjunct], fragments).map((place) => ({
        ...place,
        role: conjunct.role,
        label: conjunct.label,
        ...(conjunct.via === undefined ? {} : { via: conjunct.via }),
      })),
    )
    .toSorted(compareConjuncts)
}
