package evaluator

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"

	"cuelang.org/go/cue"
)

// observation is the observed state as a tree, with a way from errors' positions back to its nodes.
type observation struct {
	root  *observedNode
	nodes []*observedNode // by id
	// only says which entities are not asked about; nil where all are.
	only *restriction
}

// observedNode is one value of the observed state.
type observedNode struct {
	id     int // its offset in the pseudo-file observedFile: how an error's position leads back
	parent *observedNode
	step   step
	kind   nodeKind
	text   string // scalars: the literal as CUE writes it

	members map[step]*observedNode
	order   []*observedNode // members sorted by label, or by position
	// beyond are further members that only #observed has.
	beyond []*observedNode

	mark peelMark
	// gaps are members that are not there, and about which nobody knows.
	gaps map[step]*observedNode
	// why is set where the value itself is undecided: masked, contested, a gap.
	why cause
	// unsure is set where some constraint counts the members of a map that was not looked at as a whole.
	unsure cause
	// judged is what the desired state says at a gap, before the gap made it undecided.
	judged cue.Value
	// spent: something that reads it of #observed failed because of it.
	spent bool
	// disputed: even whether it exists is undecided.
	disputed bool
}

type nodeKind int

const (
	scalarNode nodeKind = iota
	mapNode
	listNode
	undecidedNode
)

// peelMark says what a failed node is replaced by in the next round.
type peelMark int

const (
	peelNone    peelMark = iota
	peelBlocked          // an undecided value: what it broke is known
	peelRemoved          // left out: a closed struct refuses it
	peelFloat            // the same number as a float
)

// deepest is the deepest nesting of an observed state that is read.
const deepest = 500

// readObservation reads the JSON text of an observed state. Members are sorted,
// so that their order in the text has no meaning; of equal keys the last counts.
func readObservation(text string) (*observation, error) {
	root := &observedNode{kind: mapNode, members: map[step]*observedNode{}}
	if strings.TrimSpace(text) != "" {
		decoder := json.NewDecoder(strings.NewReader(text))
		decoder.UseNumber()
		err := root.read(decoder, 0)
		if errors.Is(err, io.EOF) {
			err = io.ErrUnexpectedEOF
		}
		if err != nil {
			return nil, fmt.Errorf("observed state: %w", err)
		}
		if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
			return nil, errors.New("observed state: text after the value")
		}
	}
	if root.kind != mapNode {
		return nil, errors.New("observed state: not a map")
	}
	o := &observation{root: root}
	o.enumerate(root)
	return o, nil
}

func (n *observedNode) read(decoder *json.Decoder, depth int) error {
	if depth > deepest {
		return fmt.Errorf("nested deeper than %d", deepest)
	}
	token, err := decoder.Token()
	if err != nil {
		return err
	}
	n.kind = scalarNode
	switch token := token.(type) {
	case json.Delim:
		n.members = map[step]*observedNode{}
		if token == '{' {
			n.kind = mapNode
			return n.readMap(decoder, depth)
		}
		n.kind = listNode
		return n.readList(decoder, depth)
	case string:
		n.text = quote(token)
	case json.Number:
		n.text = numberText(token.String())
	case bool:
		n.text = strconv.FormatBool(token)
	case nil:
		n.text = "null"
	}
	return nil
}

func (n *observedNode) readMap(decoder *json.Decoder, depth int) error {
	for decoder.More() {
		token, err := decoder.Token()
		if err != nil {
			return err
		}
		label, _ := token.(string)
		member := &observedNode{parent: n, step: field(label)}
		if err := member.read(decoder, depth+1); err != nil {
			return err
		}
		n.members[member.step] = member
	}
	for _, member := range n.members {
		n.order = append(n.order, member)
	}
	sort.Slice(n.order, func(i, j int) bool { return n.order[i].step.label < n.order[j].step.label })
	_, err := decoder.Token()
	return err
}

func (n *observedNode) readList(decoder *json.Decoder, depth int) error {
	for i := 0; decoder.More(); i++ {
		member := &observedNode{parent: n, step: element(i)}
		if err := member.read(decoder, depth+1); err != nil {
			return err
		}
		n.members[member.step] = member
		n.order = append(n.order, member)
	}
	_, err := decoder.Token()
	return err
}

func (o *observation) enumerate(n *observedNode) {
	n.id = len(o.nodes)
	o.nodes = append(o.nodes, n)
	for _, member := range n.order {
		o.enumerate(member)
	}
}

// member is the member that a protocol label names.
func (n *observedNode) member(label string) *observedNode {
	if n.kind == listNode {
		return n.members[step{indexStep, label}]
	}
	return n.members[field(label)]
}

// find is the node at a location, or nil.
func (o *observation) find(at location) *observedNode {
	n, rest := o.nearest(at)
	if rest > 0 {
		return nil
	}
	return n
}

// nearest is the node at a location or its deepest ancestor that exists, and how many steps are left.
func (o *observation) nearest(at location) (n *observedNode, rest int) {
	n = o.root
	for i, s := range at {
		member, ok := n.members[s]
		if !ok {
			return n, len(at) - i
		}
		n = member
	}
	return n, 0
}

// location is the way from the root to a node.
func (n *observedNode) location() location {
	out := location{}
	for ; n.parent != nil; n = n.parent {
		out = append(out, n.step)
	}
	slices.Reverse(out)
	return out
}

// sortedGaps lists the gaps by label.
func (n *observedNode) sortedGaps() []*observedNode {
	out := make([]*observedNode, 0, len(n.gaps))
	for _, gap := range n.gaps {
		out = append(out, gap)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].step.label < out[j].step.label })
	return out
}

// isLeaf tells scalars, empty maps, empty lists and undecided values from what has members.
func (n *observedNode) isLeaf() bool { return len(n.order) == 0 }

// peeled says that the node or something above it failed already.
func (n *observedNode) peeled() bool {
	for ; n != nil; n = n.parent {
		if n.mark == peelBlocked || n.mark == peelRemoved {
			return true
		}
	}
	return false
}

// quote writes a string as a CUE literal; bytes that are no UTF-8 become U+FFFD.
func quote(s string) string {
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "\uFFFD")
	}
	encoded, err := json.Marshal(s)
	if err != nil {
		return strconv.Quote(s)
	}
	return string(encoded)
}

func numberText(s string) string {
	if s == "-0" {
		return "0"
	}
	return s
}
