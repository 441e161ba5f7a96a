// Package protocol is the engine's protocol, version 1: JSON in, JSON out.
//
// The same types, under the same names, stand in src/engine/protocol.ts; a test
// compares the two. Absent optional members are left out, never null. Every list
// of an answer is sorted; lines and columns count from 1; columns are UTF-16 units.
package protocol

// Version is the version of the protocol, the first thing an engine says.
const Version = 1

// Path is a list of labels from the root; list positions are decimal strings.
type Path = []string

// Pattern is a path in which null stands for any one label; it reaches everything below.
type Pattern = []*string

// Read is a path in which a step is a label; or, as an int, the position in the path of
// the entity that reads at which the same label stands; or nil for any one label.
type Read = []any

// Request is any request; Op tells which members are in use.
type Request struct {
	Op        string     `json:"op"`
	Fragments *Fragments `json:"fragments,omitempty"`
	Observed  *Observed  `json:"observed,omitempty"`
	Path      Path       `json:"path,omitempty"`
	Want      []string   `json:"want,omitempty"`
	Drift     bool       `json:"drift,omitempty"`
	// Restriction leaves out of the fragments what they say of entities that are not asked about.
	Restriction *Restriction `json:"restriction,omitempty"`
	// Without lists constraints that say nothing this time, by the sites that `rules` gives them.
	Without []Site `json:"without,omitempty"`
	// Base is what Fragments is compared with.
	Base *Fragments `json:"base,omitempty"`
	// Applied is what earlier applies set of objects.
	Applied []Applied `json:"applied,omitempty"`
	// Identity lists labels: an object counts where the desired state gives all of them a definite value.
	Identity []string `json:"identity,omitempty"`
	// Paths are the places asked about.
	Paths []Path `json:"paths,omitempty"`
	// Circumstances are what a plan may count on.
	Circumstances *Circumstances `json:"circumstances,omitempty"`
	// Labels is JSON text of maps in maps: labels that are taken to be there, whatever their values.
	Labels string `json:"labels,omitempty"`
}

// Circumstances are where entities stand, and what is observed outside of them.
type Circumstances struct {
	// Observed is the JSON text of #observed as far as Reads of patterns reach; all of that was looked at.
	Observed string `json:"observed"`
	// Entities are paths of entities of separable patterns.
	Entities []Path `json:"entities"`
}

// Applied is what an apply set of one object.
type Applied struct {
	At Path `json:"at"`
	// By is who applied.
	By string `json:"by"`
	// Fields is the JSON text of a map of what was set: the label of each member after `f:`, and `.` where nobody
	// else set anything at or below the place; so does a map without members.
	Fields string `json:"fields"`
}

// Restriction says which entities of separable patterns the fragments speak of:
// every field that stands for an entity under one of Patterns is left out unless Keep holds its path.
// The documentation of package separable says when checks in parts are equal to the check of the whole;
// where the evaluator notices that they are not, it answers with one finding of kind unreadable.
type Restriction struct {
	// Patterns are of a plan's Separable.
	Patterns []Pattern `json:"patterns"`
	Keep     []Path    `json:"keep"`
}

// Identity says what the engine is.
type Identity struct {
	Protocol int    `json:"protocol"`
	Name     string `json:"name"`
	Cue      string `json:"cue"`
	Go       string `json:"go"`
	// BuiltFrom is the SHA-256 of the sources, of an engine that comes without a manifest.
	BuiltFrom string `json:"builtFrom,omitempty"`
}

// Fragments is everything that an environment's desired state is made of.
type Fragments struct {
	// Files holds every text that a package may need: .cue files, cue.mod, data that @embed names.
	Files []SourceFile `json:"files"`
	// Parts is what is unified; the order has no meaning.
	Parts []Part            `json:"parts"`
	Tags  map[string]string `json:"tags"`
	// Limits names the teams whose fragments may speak about some paths only.
	Limits []TeamLimit `json:"limits"`
}

// SourceFile is one text of the workspace.
type SourceFile struct {
	Name string `json:"name"`
	Text string `json:"text"`
	// Team is empty for text that counts for the team whose reference brings it in.
	Team string `json:"team,omitempty"`
}

// Part is a CUE package of the workspace (kind "package"), plain data (kind "data"), a
// document of schemas (kind "schema") or a script that makes data (kind "starlark").
type Part struct {
	Kind    string `json:"kind"`
	Team    string `json:"team"`
	Dir     string `json:"dir,omitempty"`
	Package string `json:"package,omitempty"`
	File    string `json:"file,omitempty"`
	// JSON is the whole contribution of a data part, from the root, with integral numbers as ints;
	// of a schema the document.
	JSON string `json:"json,omitempty"`
	// Masked lists paths of a data part whose values are masked: undecided, but there.
	Masked []Path `json:"masked,omitempty"`
	// As says what a schema is: "jsonschema", or "crd", a CustomResourceDefinition.
	As string `json:"as,omitempty"`
	// Text is what a script says.
	Text string `json:"text,omitempty"`
	// At says where a script's data is put, or a schema applies; of a crd, below what the tree of objects stands.
	At Pattern `json:"at,omitempty"`
	// Lists is "plain" where the lists of objects stay lists; of a crd only.
	Lists string `json:"lists,omitempty"`
}

// TeamLimit says what a limited team may speak about.
type TeamLimit struct {
	Team string    `json:"team"`
	May  []Pattern `json:"may"`
}

// Observed is what observers reported, cut to one state.
type Observed struct {
	// State is the JSON text of the observed state from the root. Contested leaves are absent.
	State string `json:"state"`
	// Coverage says who looked where. A path under no entry is unobserved; refused beats covered, which beats stale.
	Coverage  []Coverage  `json:"coverage"`
	Contested []Contested `json:"contested"`
	Masked    []Path      `json:"masked"`
	// Context is what #observed is filled with where State is a part of what was observed; empty: State itself.
	Context string `json:"context,omitempty"`
}

// Coverage says that everything at and below a pattern is covered, stale or refused.
type Coverage struct {
	Path   Pattern `json:"path"`
	Status string  `json:"status"`
	Reason string  `json:"reason,omitempty"`
}

// Contested is a leaf about which concurrent snapshots differ.
type Contested struct {
	Path Path `json:"path"`
	// Values holds the JSON texts of the differing values, sorted.
	Values []string `json:"values"`
	// Absent says that one of the observers looked and saw nothing.
	Absent bool `json:"absent,omitempty"`
}

// Refusal says that the request itself is wrong.
type Refusal struct {
	Refusal string `json:"refusal"`
}

// UnifyAnswer answers op "unify".
type UnifyAnswer struct {
	// Digest is the SHA-256 of what was unified: parts, the files they use, tags.
	Digest string `json:"digest"`
	// Findings has kinds unreadable, conflict and breach.
	Findings []EngineFinding `json:"findings"`
	Notes    []EngineNote    `json:"notes"`
	Desired  *Desired        `json:"desired,omitempty"`
}

// Desired is the desired state, written out as was wanted.
type Desired struct {
	Cue string `json:"cue,omitempty"`
	// JSON is absent if something is not concrete or conflicts.
	JSON       string       `json:"json,omitempty"`
	Incomplete []Incomplete `json:"incomplete,omitempty"`
}

// Incomplete is a place of the desired state that is not concrete.
type Incomplete struct {
	Path Path   `json:"path"`
	At   string `json:"at"`
	Text string `json:"text"`
}

// CheckAnswer answers op "check".
type CheckAnswer struct {
	Digest   string          `json:"digest"`
	Findings []EngineFinding `json:"findings"`
	Notes    []EngineNote    `json:"notes"`
}

// ExplainAnswer answers op "explain".
type ExplainAnswer struct {
	Digest string `json:"digest"`
	At     string `json:"at"`
	Exists bool   `json:"exists"`
	// Value is the CUE text of the desired value.
	Value   string `json:"value,omitempty"`
	Kind    string `json:"kind,omitempty"`
	Default string `json:"default,omitempty"`
	// Conjuncts lists every contributor, satisfied or not.
	Conjuncts []ExplainedConjunct `json:"conjuncts"`
	// ClosedBy is what closes the struct at this path, if it is closed.
	ClosedBy []EngineConjunct `json:"closedBy"`
	// Findings lie at this path and below, or above where they blind it.
	Findings []EngineFinding `json:"findings"`
	Notes    []EngineNote    `json:"notes"`
}

// RulesAnswer answers op "rules": what the fragments demand, rule by rule. Where a fragment cannot be read it holds none.
type RulesAnswer struct {
	Digest string       `json:"digest"`
	Notes  []EngineNote `json:"notes"`
	// Rules is sorted by id and team.
	Rules []ListedRule `json:"rules"`
}

// LintAnswer answers op "lint". Where a fragment cannot be read only that is found, and no rule or path listed.
type LintAnswer struct {
	Digest string `json:"digest"`
	// Findings has kinds unreadable and lint.
	Findings []EngineFinding `json:"findings"`
	Notes    []EngineNote    `json:"notes"`
	// Rules lists every rule that a finding can have, but for those of plain data, sorted by id and team.
	Rules []RuleName `json:"rules"`
	// Paths lists where packages say something, sorted.
	Paths []StatedPath `json:"paths"`
}

// StatedPath is a label path at which something is said; null where a pattern, an element or a computed label is on the way.
type StatedPath struct {
	Path Pattern `json:"path"`
	// Open says that what is said there may speak of anything below.
	Open bool `json:"open,omitempty"`
}

// ListedRule is a rule of one team, with every place that states it.
type ListedRule struct {
	Rule EngineRule `json:"rule"`
	Team string     `json:"team"`
	// Sites is sorted.
	Sites []Site `json:"sites"`
}

// ExercisedAnswer answers op "exercised": which rules speak about something observed.
// Where a fragment cannot be read it holds none.
type ExercisedAnswer struct {
	Digest string       `json:"digest"`
	Notes  []EngineNote `json:"notes"`
	// Rules is sorted by id and team.
	Rules []MetRule `json:"rules"`
}

// MetRule is a rule, and at how many observed paths one of its conjuncts stands.
type MetRule struct {
	ID    string `json:"id"`
	Team  string `json:"team"`
	Paths int    `json:"paths"`
}

// RuleName identifies a rule of one team.
type RuleName struct {
	ID   string `json:"id"`
	Team string `json:"team"`
}

// MutantsAnswer answers op "mutants": what could be changed about each rule, one change
// at a time. Where a fragment cannot be read it holds none.
type MutantsAnswer struct {
	Digest string       `json:"digest"`
	Notes  []EngineNote `json:"notes"`
	// Mutants is sorted by site, change and rule.
	Mutants []Mutant `json:"mutants"`
}

// Mutant is a rule, changed in one way.
type Mutant struct {
	// Rule is the rule's id.
	Rule string `json:"rule"`
	Team string `json:"team"`
	// Site is where the change is; of several places, the first.
	Site Site `json:"site"`
	// Change is what was done, in words: "removed", "refuses everything", "a bound looser by one".
	Change string     `json:"change"`
	Before string     `json:"before"`
	After  string     `json:"after"`
	Edits  []TextEdit `json:"edits"`
}

// TextEdit replaces a stretch of a file's text; edits of one mutant never overlap.
type TextEdit struct {
	File string `json:"file"`
	// Start and End are offsets in UTF-16 units.
	Start int    `json:"start"`
	End   int    `json:"end"`
	Text  string `json:"text"`
}

// DiffAnswer answers op "diff": what the step from one desired state to another means for data.
type DiffAnswer struct {
	// Base and Head are the digests of the two.
	Base string `json:"base"`
	Head string `json:"head"`
	// Changes is sorted by path, then change, then At. It is empty where a side cannot be read; notes say which.
	Changes []EngineChange `json:"changes"`
	Notes   []EngineNote   `json:"notes"`
}

// EngineChange is one change of what is allowed, demanded or given by default at a path.
type EngineChange struct {
	Path Path `json:"path"`
	// At is the path as CUE writes it, with the pattern where it is not `[string]`.
	At string `json:"at"`
	// Change is added, removed, tighter, looser, changed, unordered or default. Tighter and looser are proven;
	// changed gives another value, or allows some values more and others less; unordered is what nobody could decide.
	Change string `json:"change"`
	// Before and After are CUE texts, cut where they are long; absent where there is none.
	Before  string         `json:"before,omitempty"`
	After   string         `json:"after,omitempty"`
	Example *ChangeExample `json:"example,omitempty"`
	// Opposite goes the other way than Example, where a change allows some values more and others less.
	Opposite *ChangeExample `json:"opposite,omitempty"`
	// Conjuncts are those of Side that make the change, without what both sides say.
	Conjuncts []EngineConjunct `json:"conjuncts"`
	// Side is whose text the conjuncts are: head, or base where head only lacks something.
	Side string `json:"side"`
	// Teams are those whose text differs, on either side, sorted.
	Teams []string `json:"teams"`
}

// ChangeExample is a value about which the two sides disagree, as JSON text: each says allowed or refused.
type ChangeExample struct {
	Value  string `json:"value"`
	Before string `json:"before"`
	After  string `json:"after"`
}

// LatentAnswer answers op "latent": constraints that meet on no data yet and can never both hold.
type LatentAnswer struct {
	Digest string `json:"digest"`
	// Findings has kind conflict.
	Findings []EngineFinding `json:"findings"`
	Notes    []EngineNote    `json:"notes"`
}

// RemovedAnswer answers op "removed": what earlier applies set and the desired state no longer says.
type RemovedAnswer struct {
	Digest string `json:"digest"`
	// Findings has kind unexpected.
	Findings []EngineFinding `json:"findings"`
	Notes    []EngineNote    `json:"notes"`
}

// SupplyAnswer answers op "supply": what the desired state gives at some places. Where a fragment cannot be read there is none.
type SupplyAnswer struct {
	Digest string       `json:"digest"`
	Notes  []EngineNote `json:"notes"`
	// Supplies has one entry a path, in the order of the request.
	Supplies []Supply `json:"supplies"`
}

// Supply is what the desired state gives at a place.
type Supply struct {
	Path Path `json:"path"`
	// Value is JSON text of what is definite: a scalar, a list, or of a map the members that are; absent where nothing is.
	Value string `json:"value,omitempty"`
	// Refused says that nothing may or need be there.
	Refused bool `json:"refused,omitempty"`
}

// OutlineAnswer answers op "outline": what the desired state says at some places. Where a fragment cannot be read there is none.
type OutlineAnswer struct {
	Digest string       `json:"digest"`
	Notes  []EngineNote `json:"notes"`
	// Outlines has one entry a path, in the order of the request.
	Outlines []Outline `json:"outlines"`
}

// Outline is what the desired state says at a place and below, and whose text that is.
type Outline struct {
	Path Path `json:"path"`
	// Text is CUE; absent where nothing may be there.
	Text string `json:"text,omitempty"`
	// Teams say something of the place itself, patterns for what is below included; sorted.
	Teams []string `json:"teams,omitempty"`
	// Patterns are CUE texts of what patterns say of any label, where no label is named; sorted.
	Patterns []string `json:"patterns,omitempty"`
	// Below has the labels below at which a team speaks, there or further below, sorted.
	Below []Speaking `json:"below,omitempty"`
}

// Speaking is a label at which teams speak, or below which they do.
type Speaking struct {
	Label    string     `json:"label"`
	Teams    []string   `json:"teams,omitempty"`
	Patterns []string   `json:"patterns,omitempty"`
	Below    []Speaking `json:"below,omitempty"`
}

// PlanAnswer answers op "plan": how a check of these fragments can be divided.
type PlanAnswer struct {
	Digest string `json:"digest"`
	// Notes is what a check of the whole would note; a check with a restriction notes nothing of it.
	Notes []EngineNote `json:"notes"`
	// Separable holds patterns whose entities can each be evaluated alone, sorted by path; none reaches into another.
	Separable []SeparablePattern `json:"separable"`
	// Crossing holds patterns whose entities cannot, sorted by path.
	Crossing []CrossingPattern `json:"crossing"`
	// Observes is what of #observed may be read by anything but the entities of separable patterns, sorted.
	Observes []Pattern `json:"observes"`
	// Circumstances answers those of the request, one an entity.
	Circumstances []InCircumstances `json:"circumstances,omitempty"`
}

// InCircumstances is what an entity must satisfy where it is known what conditions on
// anything else come to.
type InCircumstances struct {
	// Accept is that of SeparablePattern; empty where only the evaluator can tell.
	Accept []Acceptance `json:"accept"`
	// Outcomes is equal for entities of one pattern for which the same conditions hold.
	Outcomes string `json:"outcomes"`
	// CoversLabels says that labels are read for nothing but these conditions.
	CoversLabels bool `json:"coversLabels"`
}

// SeparablePattern is entities that read nothing of the tree but themselves.
type SeparablePattern struct {
	Path Pattern `json:"path"`
	// List says that the entities are elements of a list.
	List bool `json:"list"`
	// Reads is what the constraints read of #observed outside the entity itself, sorted.
	Reads []Read `json:"reads"`
	// ReadsLabel says that a constraint reads the entity's label, or one on the way to it,
	// for more than finding a place in #observed.
	ReadsLabel bool `json:"readsLabel"`
	// Accept is what an entity must satisfy to have no finding at all: every one whose Label its label matches.
	Accept []Acceptance `json:"accept"`
	// Named holds the entities that the fragments name, sorted by path.
	Named []NamedEntity `json:"named"`
	// Sight is what the constraints can see of an entity; entities that look alike through it have the same findings.
	Sight Sight `json:"sight"`
	// Undecidable says where only the evaluator can tell: then no entity is accepted by schemas alone. Sorted by site.
	Undecidable []PlanReason `json:"undecidable"`
	// Conditions is set where some conditions hang on nothing of the entity but its labels:
	// more is known in Circumstances.
	Conditions *Conditions `json:"conditions,omitempty"`
}

// Conditions says what conditions hang on beside what is observed outside of an entity.
type Conditions struct {
	// Labels are positions in the entity's path, sorted.
	Labels []int `json:"labels"`
}

// Acceptance is a JSON Schema (2020-12) that accepts less than CUE does, never more.
// It may have the keyword isLabel: true for a string that equals the entity's label,
// a list of strings for one that is these with the label between them.
type Acceptance struct {
	// Label is a regular expression that means the same in RE2 and in JavaScript with the u flag; empty: every label.
	Label string `json:"label,omitempty"`
	// Others says that the schema is for the labels that Label does not match.
	Others bool   `json:"others,omitempty"`
	Schema string `json:"schema"`
}

// NamedEntity is an entity that fragments name, with what they say of it beside the patterns.
type NamedEntity struct {
	Path Path `json:"path"`
	// Constants is the JSON text of values that must be there just so: maps are compared member by member, anything else as a whole.
	Constants string `json:"constants,omitempty"`
	// Schemas holds JSON texts of further schemas.
	Schemas []string `json:"schemas,omitempty"`
	// Undecidable is set where only the evaluator can tell.
	Undecidable bool `json:"undecidable,omitempty"`
}

// Sight is what constraints can see: everything (true), or some members, each as
// far as told (map[string]Sight); members not told are not seen.
type Sight = any

// CrossingPattern is entities that must be evaluated together with the rest.
type CrossingPattern struct {
	Path    Pattern      `json:"path"`
	Reasons []PlanReason `json:"reasons"`
}

// PlanReason is a place in a fragment that stands in the way of a shortcut, and why.
type PlanReason struct {
	Team    string `json:"team"`
	Site    Site   `json:"site"`
	Message string `json:"message"`
}

// EngineNote says what was skipped or joined on the way; never a finding.
type EngineNote struct {
	Code    string `json:"code"`
	Message string `json:"message"`
	File    string `json:"file,omitempty"`
	Line    int    `json:"line,omitempty"`
	// Data is the place in a part of which the host alone knows the lines.
	Data *DataSite `json:"data,omitempty"`
}

// Site is where a conjunct stands: in a text file, or in a data part at a path.
type Site struct {
	File   string    `json:"file"`
	Line   int       `json:"line,omitempty"`
	Column int       `json:"column,omitempty"`
	Data   *DataSite `json:"data,omitempty"`
}

// DataSite is a place in a data part.
type DataSite struct {
	// Part is an index into Fragments.Parts.
	Part  int  `json:"part"`
	Path  Path `json:"path"`
	Label bool `json:"label,omitempty"`
}

// EngineConjunct is one authored contribution to a value.
type EngineConjunct struct {
	Team string `json:"team"`
	Site Site   `json:"site"`
	Text string `json:"text,omitempty"`
	// Rule is the id of the rule that this conjunct belongs to.
	Rule string `json:"rule,omitempty"`
}

// ExplainedConjunct is a conjunct with its role.
type ExplainedConjunct struct {
	EngineConjunct
	// Role is field, pattern, definition, embedding, comprehension, default or data.
	Role string `json:"role"`
	// Label is the label path in its own file: services.[].replicas.
	Label string `json:"label"`
	// Via is the reference that brought it: #Service.
	Via string `json:"via,omitempty"`
}

// EngineRule is the constraint behind a finding.
type EngineRule struct {
	ID string `json:"id"`
	// Explicit is false for an id derived from team and label path.
	Explicit bool   `json:"explicit"`
	Severity string `json:"severity,omitempty"`
	Title    string `json:"title,omitempty"`
	Docs     string `json:"docs,omitempty"`
}

// EngineFinding is one thing found, at one path.
type EngineFinding struct {
	Kind      string           `json:"kind"`
	Path      Path             `json:"path"`
	At        string           `json:"at"`
	Message   string           `json:"message"`
	Rule      EngineRule       `json:"rule"`
	Conjuncts []EngineConjunct `json:"conjuncts"`
	// Reads lists observed paths that the finding rests on; an absent path means its nearest ancestor.
	Reads        []Path              `json:"reads"`
	Alternatives []EngineAlternative `json:"alternatives,omitempty"`
	// Teams that the finding concerns beside those of its conjuncts.
	Teams []string `json:"teams,omitempty"`
}

// EngineAlternative is one branch of a failed disjunction.
type EngineAlternative struct {
	Message   string           `json:"message"`
	Path      Path             `json:"path"`
	Conjuncts []EngineConjunct `json:"conjuncts"`
}
