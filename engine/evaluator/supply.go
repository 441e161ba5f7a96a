package evaluator

import (
	"encoding/json"
	"strings"

	"cuelang.org/go/cue"

	"congruent.dev/engine/protocol"
)

// Supply says what the desired state gives at some places of an observed state,
// as far as it is definite: concrete, or by default. What is observed everywhere
// else stands; a place that is masked there may hold anything.
func (k *Kept) Supply(req *protocol.Request) *protocol.SupplyAnswer {
	d, done := k.about(req.Fragments, nil)
	defer done()
	answer := &protocol.SupplyAnswer{Digest: d.digest, Supplies: []protocol.Supply{}, Notes: d.notes}
	if len(d.findings) > 0 || !d.value.Exists() {
		return answer
	}
	o, err := readObservation(req.Observed.State)
	if err == nil && req.Observed.Context != "" {
		err = o.addContext(req.Observed.Context)
	}
	if err != nil {
		return answer
	}
	o.withUndecided(req.Observed)
	unknownNow := true
	b := o.builder()
	b.asUnknown = &unknownNow
	value, err := d.with(withSecond(b.tree(o.root), d.reads().observedExpr(o)))
	if err != nil {
		return answer
	}
	for _, path := range req.Paths {
		answer.Supplies = append(answer.Supplies, d.supplyAt(value, path))
	}
	return answer
}

// supplyAt is what there is for one place.
func (d *desired) supplyAt(value cue.Value, path protocol.Path) protocol.Supply {
	at, v := resolve(value, path)
	if !v.Exists() && len(path) > 0 {
		_, parent := resolve(value, path[:len(path)-1])
		members, _ := membersSaid(parent)
		v = members[path[len(path)-1]]
	}
	s := protocol.Supply{Path: at.labels()}
	if _, isMap := membersSaid(v); !v.Exists() || v.Validate() != nil && !isMap {
		s.Refused = true
		return s
	}
	if text, ok := definite(v, 0); ok {
		s.Value = text
	}
	return s
}

// definite writes what is definite of a value as JSON. Of a map it is the members that
// are; a list is definite as a whole or not at all.
func definite(v cue.Value, depth int) (text string, ok bool) {
	if chosen, ok := v.Default(); ok {
		v = chosen
	}
	if depth > deepestApplied || v.Err() != nil && v.Validate() == nil {
		return "", false
	}
	switch v.IncompleteKind() {
	case cue.StructKind, cue.BottomKind:
		fields, err := v.Fields(cue.Optional(true))
		if err != nil || isOpenChoice(v) {
			return "", false
		}
		return definiteMap(fields, depth)
	case cue.ListKind:
		elements, err := v.List()
		if err != nil || v.Validate() != nil {
			return "", false
		}
		var texts []string
		for elements.Next() {
			text, ok := definite(elements.Value(), depth+1)
			if !ok {
				return "", false
			}
			texts = append(texts, text)
		}
		return "[" + strings.Join(texts, ",") + "]", true
	}
	encoded, err := v.MarshalJSON()
	return string(encoded), err == nil && v.IsConcrete()
}

// definiteMap writes the members that are definite; a map of which none is, though some are asked for, is not definite itself.
func definiteMap(fields *cue.Iterator, depth int) (string, bool) {
	var members []string
	whole := true
	for fields.Next() {
		if fields.FieldType()&cue.OptionalConstraint != 0 {
			continue
		}
		text, ok := definite(fields.Value(), depth+1)
		if !ok {
			whole = false
			continue
		}
		name, _ := json.Marshal(stepOfSelector(fields.Selector()).label)
		members = append(members, string(name)+":"+text)
	}
	return "{" + strings.Join(members, ",") + "}", whole || len(members) > 0
}
