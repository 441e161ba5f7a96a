package lint

// Lint is one kind of thing that goes wrong silently, by the end of its rule's id:
// congruent:lint/presence-test.
type Lint string

// Every lint.
const (
	presenceTest       Lint = "presence-test"
	condition          Lint = "condition"
	defaultInCondition Lint = "default-in-condition"
	swallowed          Lint = "swallowed"
	bottom             Lint = "bottom"
	float              Lint = "float"
	textBound          Lint = "text-bound"
	halfAnchored       Lint = "half-anchored"
	neverFails         Lint = "never-fails"
	ambiguousDefault   Lint = "ambiguous-default"
	openUnions         Lint = "open-unions"
	countingMeets      Lint = "counting-meets"
	nestedLoops        Lint = "nested-loops"
	sharedDefinition   Lint = "shared-definition"
	unused             Lint = "unused"
	// SharedRule is found by whoever knows the rules of the fragments.
	SharedRule Lint = "shared-rule"
)

// Title says in a few words what a lint is about.
func (l Lint) Title() string {
	switch l {
	case presenceTest:
		return "a presence test on what is constrained"
	case condition:
		return "a condition on what is constrained"
	case defaultInCondition:
		return "a condition that a default decides"
	case swallowed:
		return "a fallback that hides a value"
	case bottom:
		return "a refusal without words"
	case float:
		return "`float` for a number of JSON"
	case textBound:
		return "a bound on text where numbers are meant"
	case halfAnchored:
		return "a regular expression that is anchored in part"
	case neverFails:
		return "alternatives that forbid nothing"
	case ambiguousDefault:
		return "defaults that cancel each other out"
	case openUnions:
		return "unions of structs that multiply"
	case countingMeets:
		return "validators of lists that CUE takes for one"
	case nestedLoops:
		return "loops over one map within each other"
	case sharedDefinition:
		return "a definition of several teams"
	case unused:
		return "a rule that nothing refers to"
	case SharedRule:
		return "an id of rules of several teams"
	}
	return ""
}

// Severity is how much a lint counts where the workspace says nothing else: what
// may be meant as it stands is told, and no more.
func (l Lint) Severity() string {
	switch l {
	case nestedLoops:
		return "info"
	}
	return "warning"
}
