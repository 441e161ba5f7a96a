import type { Outline } from '../../engine/protocol.ts'
import type { DataObject } from '../../model/data.ts'
import type { ListedRule, RuleMatches } from '../../model/listed-rule.ts'
import type { Revision } from '../../model/revision.ts'
import type { Outgoing } from '../../outgoing/outgoing.ts'
import type { Queue } from '../../queue/queue.ts'
import type { Store } from '../../store/store.ts'
import type { Source } from '../../workspace/source.ts'
import type { KnownAtOnce } from '../check-at-once.ts'
import type { CheckInput, CheckResult, KnownInput } from '../check.ts'
import type { DefinitionsInput } from '../definitions.ts'
import type { ExplainInput, ExplainResult } from '../explain.ts'
import type { OutlineInput } from '../outline.ts'
import type { PrepareInput } from '../prepare.ts'
import type { ReviewInput, ReviewResult } from '../review/review.ts'
import type { RenderInput, RenderResult } from '../rendering/render.ts'
import type { RuleMatchesInput } from '../rule-matches.ts'
import type { RulesInput } from '../rules.ts'
import type { SourceLinesInput } from '../source-lines.ts'
import type { UnifyInput, UnifyResult } from '../unify.ts'

/** What every operation on stored workspaces is handed. */
export interface StoredDependencies {
  /** The operations on a workspace as it is read from anywhere. */
  readonly congruent: {
    /** What remembered answers depend on beside what was asked. */
    readonly version: string
    check(input: CheckInput): Promise<CheckResult>
    knownAtOnce(input: KnownInput): Promise<KnownAtOnce | undefined>
    review(input: ReviewInput): Promise<ReviewResult>
    unify(input: UnifyInput): Promise<UnifyResult>
    render(input: RenderInput): Promise<RenderResult>
    explain(input: ExplainInput): Promise<ExplainResult>
    outline(input: OutlineInput): Promise<readonly Outline[]>
    definitions(input: DefinitionsInput): Promise<readonly DataObject[]>
    prepare(input: PrepareInput): Promise<void>
    rules(input: RulesInput): Promise<readonly ListedRule[]>
    ruleMatches(input: RuleMatchesInput): Promise<readonly RuleMatches[] | undefined>
    lines(input: SourceLinesInput): Promise<ReadonlyMap<number, string>>
  }
  readonly store: Store
  readonly queue: Queue
  /** Calls that leave the server. */
  readonly outgoing: Outgoing
  /** The files of a revision, to be read as any workspace is; quick for those that were used lately. */
  readonly sourceOf: (revision: Revision) => Promise<Source>
  /** Where people see the pages, without a slash at the end; where it is known, what is sent links to them. */
  readonly pages?: string
  /** Milliseconds that a check of a stored environment may take, for which nobody waits. */
  readonly checkDeadlineMs: number
  readonly clock: () => Date
  /** 256 random bits in base64url, 43 characters: for what must not be guessed. */
  readonly random: () => string
}
