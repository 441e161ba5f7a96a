// The engine's protocol, version 1: JSON in, JSON out. The same types, under the same names, stand in
// engine/protocol/protocol.go; a test compares the two. Absent optional members are left out, never null.
// Every list of an answer is sorted; lines and columns count from 1; columns are UTF-16 units.

export const protocolVersion = 1

/** Labels from the root; list positions are decimal strings. */
export type EnginePath = readonly string[]
/** `null` stands for any one label; a pattern reaches everything below. */
export type EnginePattern = readonly (string | null)[]

/**
 * A path in which a step may stand for any one label (`null`), or, as a number, for the label that stands at that position in the path
 * of the entity that reads.
 */
export type Read = readonly (string | null | number)[]

export interface Identity {
  readonly protocol: number
  readonly name: string
  readonly cue: string
  readonly go: string
  /** SHA-256 of the sources, of an engine that comes without a manifest. */
  readonly builtFrom?: string
}

/** Everything that an environment's desired state is made of. */
export interface Fragments {
  /** Every text that a package may need, by workspace-relative name: `.cue` files, `cue.mod/…`, data that `@embed` names. */
  readonly files: readonly SourceFile[]
  /** What is unified; the order has no meaning. */
  readonly parts: readonly Part[]
  readonly tags: Readonly<Record<string, string>>
  /** Teams whose fragments may speak about some paths only (owns and constrains together). */
  readonly limits: readonly TeamLimit[]
}

export interface SourceFile {
  readonly name: string
  readonly text: string
  /** The team with the most specific fragment path; none: text that counts for the team whose reference brings it in. */
  readonly team?: string
}

export type Part = PackagePart | DataPart | SchemaPart | ScriptPart

/** A CUE package of the workspace. */
export interface PackagePart {
  readonly kind: 'package'
  readonly team: string
  /** Workspace-relative folder, `.` for the root. */
  readonly dir: string
  /** Needed only where a folder holds several packages. */
  readonly package?: string
}

/** Plain data that a team contributes, already read, with integral numbers as ints. */
export interface DataPart {
  readonly kind: 'data'
  readonly team: string
  /** Name of the source, for messages; positions come back as `data` sites, which the host maps to the file's lines. */
  readonly file: string
  /** JSON text of the whole contribution, from the root. */
  readonly json: string
  /** Paths whose values are masked: undecided, but there. */
  readonly masked?: readonly EnginePath[]
}

/** A document of schemas that a team contributes; positions come back as `data` sites whose path lies in the document. */
export interface SchemaPart {
  readonly kind: 'schema'
  readonly team: string
  /** Name of the source, for messages. */
  readonly file: string
  /** JSON text of the document. */
  readonly json: string
  /** A JSON Schema, or a CustomResourceDefinition. */
  readonly as: 'jsonschema' | 'crd'
  /** Where the schema applies; of a `crd`, below what the tree of objects stands. Absent: the root. */
  readonly at?: EnginePattern
  /** Of a `crd`: lists with keys stay lists. */
  readonly lists?: 'plain'
}

/** A Starlark file whose global variables a team contributes as data; positions are those of the file. */
export interface ScriptPart {
  readonly kind: 'starlark'
  readonly team: string
  readonly file: string
  readonly text: string
  /** Where the data is put, label by label. Absent: the root. */
  readonly at?: EnginePattern
}

export interface TeamLimit {
  readonly team: string
  readonly may: readonly EnginePattern[]
}

/** What observers reported, cut to one state. */
export interface Observed {
  /** JSON text of the observed state, from the root; also what `#observed` is filled with. Contested leaves are absent. */
  readonly state: string
  /** Who looked where. A path under no entry is unobserved; `refused` beats `covered`, which beats `stale`. */
  readonly coverage: readonly Coverage[]
  readonly contested: readonly Contested[]
  readonly masked: readonly EnginePath[]
  /** JSON text that `#observed` is filled with where `state` is a part of what was observed; absent: `state` itself. */
  readonly context?: string
}

export interface Coverage {
  readonly path: EnginePattern
  readonly status: 'covered' | 'stale' | 'refused'
  /** For `refused`: the observer's words; for `stale`: how old. */
  readonly reason?: string
}

/** A leaf about which concurrent snapshots differ. `absent` says that one of them looked and saw nothing. */
export interface Contested {
  readonly path: EnginePath
  /** JSON texts of the differing values, sorted. */
  readonly values: readonly string[]
  readonly absent?: boolean
}

export type Request =
  | IdentityRequest
  | UnifyRequest
  | CheckRequest
  | ExplainRequest
  | PlanRequest
  | RulesRequest
  | ExercisedRequest
  | MutantsRequest
  | DiffRequest
  | LatentRequest
  | LintRequest
  | RemovedRequest
  | SupplyRequest
  | OutlineRequest

export interface IdentityRequest {
  readonly op: 'identity'
}

export interface UnifyRequest {
  readonly op: 'unify'
  readonly fragments: Fragments
  /** Only this part of the desired state; default the root. */
  readonly path?: EnginePath
  /** What to write out beside conflicts and digest. */
  readonly want?: readonly ('cue' | 'json' | 'incomplete')[]
}

export interface CheckRequest {
  readonly op: 'check'
  readonly fragments: Fragments
  readonly observed: Observed
  /** Whether to report differences from defaults. */
  readonly drift: boolean
  /** Leaves out of the fragments what they say of some entities that are not asked about. */
  readonly restriction?: Restriction
  /** Constraints that say nothing this time, by the sites that `rules` gives them: to tell what each of them costs. */
  readonly without?: readonly Site[]
}

/**
 * Which entities of separable patterns the fragments speak of: every field that stands for an entity under one of the patterns
 * is left out, as if nobody had written it, unless its path is kept. Patterns of the fragments stay.
 */
export interface Restriction {
  /** Patterns of a plan's `separable`. */
  readonly patterns: readonly EnginePattern[]
  readonly keep: readonly EnginePath[]
}

/** What of the fragments can be evaluated one entity at a time. */
export interface PlanRequest {
  readonly op: 'plan'
  readonly fragments: Fragments
  readonly circumstances?: Circumstances
}

/** Where entities stand, and what is observed outside of them. */
export interface Circumstances {
  /** JSON text of `#observed` as far as `reads` of patterns reach; all of that was looked at. */
  readonly observed: string
  /** Paths of entities of separable patterns. */
  readonly entities: readonly EnginePath[]
}

export interface ExplainRequest {
  readonly op: 'explain'
  readonly fragments: Fragments
  readonly observed?: Observed
  readonly path: EnginePath
}

/** What rules the fragments state. */
export interface RulesRequest {
  readonly op: 'rules'
  readonly fragments: Fragments
}

/** Which rules speak about something observed. */
export interface ExercisedRequest {
  readonly op: 'exercised'
  readonly fragments: Fragments
  readonly observed: Observed
}

/** What could be changed about each rule. */
export interface MutantsRequest {
  readonly op: 'mutants'
  readonly fragments: Fragments
}

/** What the step from `base` to `fragments` means for data. */
export interface DiffRequest {
  readonly op: 'diff'
  readonly fragments: Fragments
  readonly base: Fragments
}

/** Which constraints meet on no data yet and can never both hold. */
export interface LatentRequest {
  readonly op: 'latent'
  readonly fragments: Fragments
}

/** What goes wrong silently in the fragments, from their text alone. */
export interface LintRequest {
  readonly op: 'lint'
  readonly fragments: Fragments
}

/** What earlier applies set, and the desired state no longer says. */
export interface RemovedRequest {
  readonly op: 'removed'
  readonly fragments: Fragments
  /** What `#observed` is filled with. */
  readonly observed: Observed
  readonly applied: readonly Applied[]
  /** An object counts where the desired state gives all members with these labels a definite value. */
  readonly identity?: readonly string[]
}

/** What an apply set of one object. */
export interface Applied {
  readonly at: EnginePath
  /** Who applied. */
  readonly by: string
  /**
   * JSON text of a map of what was set: the label of each member after `f:`, and `.` where nobody else set anything at or
   * below the place; so does a map without members.
   */
  readonly fields: string
}

/** What the desired state gives at some places of an observed state. A place that is masked there may hold anything. */
export interface SupplyRequest {
  readonly op: 'supply'
  readonly fragments: Fragments
  readonly observed: Observed
  readonly paths: readonly EnginePath[]
}

/** What the desired state says at some places, and whose text that is. */
export interface OutlineRequest {
  readonly op: 'outline'
  readonly fragments: Fragments
  readonly paths: readonly EnginePath[]
  /** JSON text of maps in maps: labels that are taken to be there, whatever their values, so that patterns speak of them. */
  readonly labels?: string
  readonly restriction?: Restriction
}

export type Answer =
  | Identity
  | UnifyAnswer
  | CheckAnswer
  | ExplainAnswer
  | PlanAnswer
  | RulesAnswer
  | ExercisedAnswer
  | MutantsAnswer
  | DiffAnswer
  | LatentAnswer
  | LintAnswer
  | RemovedAnswer
  | SupplyAnswer
  | OutlineAnswer
  | Refusal

/** The request itself is wrong: not JSON, an unknown operation, a member missing. Our defect, never the user's. */
export interface Refusal {
  readonly refusal: string
}

export interface UnifyAnswer {
  /** 64 hex digits (SHA-256) of what was unified: parts, the files they use, tags. */
  readonly digest: string
  /** Kinds unreadable, conflict and breach. */
  readonly findings: readonly EngineFinding[]
  readonly notes: readonly EngineNote[]
  readonly desired?: Desired
}

export interface Desired {
  readonly cue?: string
  /** JSON text; absent if something is not concrete or conflicts. */
  readonly json?: string
  readonly incomplete?: readonly { readonly path: EnginePath; readonly at: string; readonly text: string }[]
}

export interface CheckAnswer {
  readonly digest: string
  readonly findings: readonly EngineFinding[]
  readonly notes: readonly EngineNote[]
}

export interface ExplainAnswer {
  readonly digest: string
  readonly at: string
  readonly exists: boolean
  /** CUE text of the desired value. */
  readonly value?: string
  readonly kind?: string
  /** CUE text of the default, with the conjuncts that give it. */
  readonly default?: string
  /** Every contributor, satisfied or not. */
  readonly conjuncts: readonly ExplainedConjunct[]
  /** What closes the struct at this path, if it is closed. */
  readonly closedBy: readonly EngineConjunct[]
  /** Findings at this path and below, or above where they blind it. */
  readonly findings: readonly EngineFinding[]
  readonly notes: readonly EngineNote[]
}

/** What the fragments demand, rule by rule. Where a fragment cannot be read there is none. */
export interface RulesAnswer {
  readonly digest: string
  readonly notes: readonly EngineNote[]
  /** Sorted by id and team. */
  readonly rules: readonly ListedRule[]
}

/** Where a fragment cannot be read only that is found, and no rule or path listed. */
export interface LintAnswer {
  readonly digest: string
  /** Kinds unreadable and lint. */
  readonly findings: readonly EngineFinding[]
  readonly notes: readonly EngineNote[]
  /** Every rule that a finding can have, but for those of plain data, sorted by id and team. */
  readonly rules: readonly RuleName[]
  /** Where packages say something, sorted. */
  readonly paths: readonly StatedPath[]
}

/** A label path at which something is said; `null` where a pattern, an element or a computed label is on the way. */
export interface StatedPath {
  readonly path: EnginePattern
  /** What is said there may speak of anything below. */
  readonly open?: boolean
}

/** A rule of one team, with every place that states it, sorted. */
export interface ListedRule {
  readonly rule: EngineRule
  readonly team: string
  readonly sites: readonly Site[]
}

/** Which rules speak about something observed. Where a fragment cannot be read there is none. */
export interface ExercisedAnswer {
  readonly digest: string
  readonly notes: readonly EngineNote[]
  /** Sorted by id and team. */
  readonly rules: readonly MetRule[]
}

/** A rule, and at how many observed paths one of its conjuncts stands. */
export interface MetRule {
  readonly id: string
  readonly team: string
  readonly paths: number
}

/** What identifies a rule of one team. */
export interface RuleName {
  readonly id: string
  readonly team: string
}

/** What could be changed about each rule, one change at a time. Where a fragment cannot be read there is none. */
export interface MutantsAnswer {
  readonly digest: string
  readonly notes: readonly EngineNote[]
  /** Sorted by site, change and rule. */
  readonly mutants: readonly Mutant[]
}

/** A rule, changed in one way. */
export interface Mutant {
  /** The rule's id. */
  readonly rule: string
  readonly team: string
  /** Where the change is; of several places, the first. */
  readonly site: Site
  /** What was done, in words: `removed`, `refuses everything`, `a bound looser by one`. */
  readonly change: string
  readonly before: string
  readonly after: string
  readonly edits: readonly TextEdit[]
}

/** Replaces a stretch of a file's text, by offsets in UTF-16 units; edits of one mutant never overlap. */
export interface TextEdit {
  readonly file: string
  readonly start: number
  readonly end: number
  readonly text: string
}

/** What the step from one desired state to another means for data. Where text stands or what it is called is no change. */
export interface DiffAnswer {
  /** Digests of the two. */
  readonly base: string
  readonly head: string
  /** Sorted by path, then change, then `at`; empty where a side cannot be read, which notes of code `unreadable` say. */
  readonly changes: readonly EngineChange[]
  readonly notes: readonly EngineNote[]
}

/** One change of what is allowed, demanded or given by default at a path; `[]` in the path is a pattern. */
export interface EngineChange {
  readonly path: EnginePath
  /** The path as CUE writes it, with the pattern where it is not `[string]`. */
  readonly at: string
  /**
   * `tighter` and `looser` are proven; `changed` is another value, or allows some values more and others less; `unordered` is
   * what nobody could decide; `default` came, went or moved.
   */
  readonly change: 'added' | 'removed' | 'tighter' | 'looser' | 'changed' | 'unordered' | 'default'
  /** CUE texts, cut where they are long; absent where there is none. */
  readonly before?: string
  readonly after?: string
  readonly example?: ChangeExample
  /** Goes the other way than `example`, where a change allows some values more and others less. */
  readonly opposite?: ChangeExample
  /** Those of `side` that make the change, without what both sides say. */
  readonly conjuncts: readonly EngineConjunct[]
  /** Whose text the conjuncts are: `base` where head only lacks something. */
  readonly side: 'base' | 'head'
  /** Teams whose text differs, on either side, sorted. */
  readonly teams: readonly string[]
}

/** A value about which the two sides disagree. */
export interface ChangeExample {
  /** JSON text. */
  readonly value: string
  readonly before: 'allowed' | 'refused'
  readonly after: 'allowed' | 'refused'
}

/** Constraints that meet on nothing that the fragments name and can never both hold; `[]` in a path is a pattern. */
export interface LatentAnswer {
  readonly digest: string
  /** Of kind conflict. */
  readonly findings: readonly EngineFinding[]
  readonly notes: readonly EngineNote[]
}

export interface RemovedAnswer {
  readonly digest: string
  /** Of kind unexpected. */
  readonly findings: readonly EngineFinding[]
  readonly notes: readonly EngineNote[]
}

/** Where a fragment cannot be read there is none. */
export interface SupplyAnswer {
  readonly digest: string
  readonly notes: readonly EngineNote[]
  /** One a path, in the order of the request. */
  readonly supplies: readonly Supply[]
}

/** What the desired state gives at a place. */
export interface Supply {
  readonly path: EnginePath
  /** JSON text of what is definite: a scalar, a list, or of a map the members that are; absent where nothing is. */
  readonly value?: string
  /** Nothing may or need be there. */
  readonly refused?: boolean
}

/** What the desired state says at some places. Where a fragment cannot be read there is none. */
export interface OutlineAnswer {
  readonly digest: string
  readonly notes: readonly EngineNote[]
  /** One a path, in the order of the request. */
  readonly outlines: readonly Outline[]
}

/** What the desired state says at a place and below, and whose text that is. */
export interface Outline {
  readonly path: EnginePath
  /** CUE; absent where nothing may be there. */
  readonly text?: string
  /** Teams that say something of the place itself, patterns for what is below included; sorted. */
  readonly teams?: readonly string[]
  /** CUE texts of what patterns say of any label, where no label is named; sorted. */
  readonly patterns?: readonly string[]
  /** The labels below at which a team speaks, there or further below, sorted. */
  readonly below?: readonly Speaking[]
}

/** A label at which teams speak, or below which they do. */
export interface Speaking {
  readonly label: string
  readonly teams?: readonly string[]
  readonly patterns?: readonly string[]
  readonly below?: readonly Speaking[]
}

/** How a check of these fragments can be divided. Where a fragment cannot be read nothing is separable. */
export interface PlanAnswer {
  readonly digest: string
  /** What a check of the whole would note; a check with a restriction notes nothing of it. */
  readonly notes: readonly EngineNote[]
  /** Patterns whose entities can each be evaluated alone, sorted by path; none reaches into another. */
  readonly separable: readonly SeparablePattern[]
  /** Patterns whose entities cannot, sorted by path. */
  readonly crossing: readonly CrossingPattern[]
  /** What of `#observed` may be read by anything but the entities of separable patterns, sorted. */
  readonly observes: readonly EnginePattern[]
  /** Answers those of the request, one an entity. */
  readonly circumstances?: readonly InCircumstances[]
}

/** What an entity must satisfy where it is known what conditions on anything else come to. */
export interface InCircumstances {
  /** As of a pattern; empty where only the evaluator can tell. */
  readonly accept: readonly Acceptance[]
  /** Equal for entities of one pattern for which the same conditions hold. */
  readonly outcomes: string
  /** Whether labels are read for nothing but these conditions. */
  readonly coversLabels: boolean
}

/** Entities that can be evaluated alone: they read nothing of the tree but themselves. */
export interface SeparablePattern {
  /** `null` for each label that any entity may have: `services.[]` is `['services', null]`. */
  readonly path: EnginePattern
  /** Whether the entities are elements of a list. */
  readonly list: boolean
  /** What the constraints read of `#observed` outside the entity itself, sorted. */
  readonly reads: readonly Read[]
  /** Whether a constraint reads the entity's label, or one on the way to it, for more than finding a place in `#observed`. */
  readonly readsLabel: boolean
  /** What an entity must satisfy to have no finding at all: every one whose `label` its label matches. */
  readonly accept: readonly Acceptance[]
  /** Entities that the fragments name, sorted by path. */
  readonly named: readonly NamedEntity[]
  /** What the constraints can see of an entity; two entities that look alike through it have the same findings. */
  readonly sight: Sight
  /** Where only the evaluator can tell: an entity with this is never accepted by schemas alone. Sorted by site. */
  readonly undecidable: readonly PlanReason[]
  /** Set where some conditions hang on nothing of the entity but its labels: more is known in circumstances. */
  readonly conditions?: Conditions
}

/** What conditions hang on beside what is observed outside of an entity. */
export interface Conditions {
  /** Positions in the entity's path, sorted. */
  readonly labels: readonly number[]
}

/**
 * A JSON Schema (2020-12) that accepts less than CUE does, never more. It may have the keyword `isLabel`: `true` for a string that
 * equals the entity's label, a list of strings for one that is these with the label between them.
 */
export interface Acceptance {
  /** A regular expression that means the same in RE2 and in JavaScript with the `u` flag; absent: every label. */
  readonly label?: string
  /** The schema is for the labels that `label` does not match. */
  readonly others?: boolean
  /** JSON text of the schema. */
  readonly schema: string
}

/** An entity that fragments name, with what they say of it beside the patterns. */
export interface NamedEntity {
  readonly path: EnginePath
  /** JSON text of values that must be there just so: maps are compared member by member, anything else as a whole. */
  readonly constants?: string
  /** JSON texts of further schemas. */
  readonly schemas?: readonly string[]
  /** Set where only the evaluator can tell. */
  readonly undecidable?: boolean
}

/** What constraints can see: everything (`true`), or some members, each as far as told; members not told are not seen. */
export type Sight = true | { readonly [label: string]: Sight }

/** Entities that must be evaluated together with the rest. */
export interface CrossingPattern {
  readonly path: EnginePattern
  readonly reasons: readonly PlanReason[]
}

/** A place in a fragment that stands in the way of a shortcut, and why. */
export interface PlanReason {
  readonly team: string
  readonly site: Site
  /** `reads services outside the entity`. */
  readonly message: string
}

export interface EngineNote {
  readonly code: string
  readonly message: string
  readonly file?: string
  readonly line?: number
  /** The place in a part of which the host alone knows the lines. */
  readonly data?: { readonly part: number; readonly path: EnginePath; readonly label?: boolean }
}

/** Where a conjunct stands: in a text file, or in a data part (an index into `parts`) at a path. */
export interface Site {
  readonly file: string
  readonly line?: number
  readonly column?: number
  readonly data?: { readonly part: number; readonly path: EnginePath; readonly label?: boolean }
}

export interface EngineConjunct {
  readonly team: string
  readonly site: Site
  readonly text?: string
  /** Id of the rule that this conjunct belongs to. */
  readonly rule?: string
}

export interface ExplainedConjunct extends EngineConjunct {
  readonly role: 'field' | 'pattern' | 'definition' | 'embedding' | 'comprehension' | 'default' | 'data'
  /** Label path in its own file: `services.[].replicas`. */
  readonly label: string
  /** The reference that brought it: `#Service`. */
  readonly via?: string
}

export interface EngineRule {
  readonly id: string
  /** False for an id derived from team and label path. */
  readonly explicit: boolean
  readonly severity?: 'error' | 'warning' | 'info'
  readonly title?: string
  readonly docs?: string
}

export interface EngineFinding {
  readonly kind:
    | 'conflict'
    | 'mismatch'
    | 'missing'
    | 'unexpected'
    | 'unobserved'
    | 'stale'
    | 'refused'
    | 'contested'
    | 'incomplete'
    | 'unreadable'
    | 'breach'
    | 'drift'
    | 'lint'
  readonly path: EnginePath
  readonly at: string
  readonly message: string
  readonly rule: EngineRule
  readonly conjuncts: readonly EngineConjunct[]
  /** Observed paths that the finding rests on; the host turns them into observations. An absent path means its nearest ancestor. */
  readonly reads: readonly EnginePath[]
  readonly alternatives?: readonly EngineAlternative[]
  /** Teams that the finding concerns beside those of its conjuncts (a breach: the limited team). */
  readonly teams?: readonly string[]
}

export interface EngineAlternative {
  readonly message: string
  readonly path: EnginePath
  readonly conjuncts: readonly EngineConjunct[]
}
