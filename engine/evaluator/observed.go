package evaluator

import (
	"math/big"
	"strings"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/token"

	"congruent.dev/engine/protocol"
)

// observedFile is the pseudo-file in which observed values stand: offset n+1 is node n.
const observedFile = "congruent:observed"

// withUndecided puts masked and contested leaves into the tree.
func (o *observation) withUndecided(observed *protocol.Observed) {
	for _, path := range observed.Masked {
		if n := o.place(path); n != nil && n.parent != nil {
			n.why = causeMasked
		}
	}
	for _, contested := range observed.Contested {
		if n := o.place(contested.Path); n != nil && n.parent != nil {
			n.why = causeContested
			n.disputed = contested.Absent
		}
	}
}

// builder writes observed nodes as CUE syntax whose positions lead back to them.
type builder struct {
	file *token.File
	// asUnknown, if set, writes masked, contested and failed values as values that say nothing.
	asUnknown *bool
}

func (o *observation) builder() builder {
	return builder{file: token.NewFile(observedFile, -1, len(o.nodes)+1)}
}

// at is the position of a node.
func (b builder) at(n *observedNode) token.Pos { return b.file.Pos(n.id+1, token.NoRelPos) }

// nodeAt is the node that a position belongs to, or nil.
func (o *observation) nodeAt(p token.Pos) *observedNode {
	if p.Filename() != observedFile {
		return nil
	}
	if i := p.Offset() - 1; i >= 0 && i < len(o.nodes) {
		return o.nodes[i]
	}
	return nil
}

// tree writes a node as the check sees it: failed ones replaced, gaps undecided.
func (b builder) tree(n *observedNode) ast.Expr {
	unknownNow := b.asUnknown != nil && *b.asUnknown
	switch {
	case n.mark == peelBlocked && unknownNow:
		return unknown(causeBlocked)
	case n.mark == peelBlocked:
		return undecided(causeBlocked)
	case n.why != "" && !n.why.isGap() && unknownNow:
		return unknown(n.why)
	case n.why != "":
		return undecided(n.why)
	case n.mark == peelFloat:
		return b.literal(n, floatText(n.text))
	}
	return b.plain(n, b.tree, true)
}

// asObserved writes a node as it was observed, whatever failed since.
func (b builder) asObserved(n *observedNode) ast.Expr {
	switch {
	case n.why != "":
		return undecided(n.why)
	case n.mark == peelFloat:
		return b.literal(n, floatText(n.text))
	}
	return b.plain(n, b.asObserved, false)
}

func (b builder) plain(n *observedNode, write func(*observedNode) ast.Expr, peel bool) ast.Expr {
	switch n.kind {
	case mapNode:
		s := &ast.StructLit{Lbrace: b.at(n)}
		for _, member := range n.order {
			if peel && member.mark == peelRemoved {
				continue
			}
			s.Elts = append(s.Elts, &ast.Field{Label: b.label(member), Value: write(member)})
		}
		if peel {
			for _, gap := range n.sortedGaps() {
				s.Elts = append(s.Elts, &ast.Field{Label: b.label(gap), Value: write(gap)})
			}
			if n.unsure != "" {
				s.Elts = append(s.Elts, undecidedMembers(n.unsure))
			}
		}
		return s
	case listNode:
		l := &ast.ListLit{Lbrack: b.at(n)}
		for _, member := range n.order {
			l.Elts = append(l.Elts, write(member))
		}
		return l
	}
	return b.literal(n, n.text)
}

// open writes a node for #observed: open at every level; what is undecided but
// there is unknown, so that presence tests see it.
func (b builder) open(n *observedNode) ast.Expr {
	switch {
	case n.spent:
		return unknown(causeBlocked)
	case n.why != "" && n.disputed:
		return undecided(n.why)
	case n.why != "":
		return unknown(n.why)
	case n.kind != mapNode:
		return b.plain(n, b.open, false)
	}
	s := &ast.StructLit{Lbrace: b.at(n)}
	for _, member := range n.seen() {
		s.Elts = append(s.Elts, &ast.Field{Label: b.label(member), Value: b.open(member)})
	}
	s.Elts = append(s.Elts, &ast.Ellipsis{Ellipsis: b.at(n)})
	return s
}

func (b builder) label(n *observedNode) ast.Label {
	return &ast.BasicLit{Kind: token.STRING, Value: quote(n.step.label), ValuePos: b.at(n)}
}

func (b builder) literal(n *observedNode, text string) ast.Expr {
	switch text[0] {
	case '"':
		return &ast.BasicLit{Kind: token.STRING, Value: text, ValuePos: b.at(n)}
	case 't':
		return &ast.BasicLit{Kind: token.TRUE, Value: text, ValuePos: b.at(n)}
	case 'f':
		return &ast.BasicLit{Kind: token.FALSE, Value: text, ValuePos: b.at(n)}
	case 'n':
		return &ast.BasicLit{Kind: token.NULL, Value: text, ValuePos: b.at(n)}
	case '-':
		return &ast.UnaryExpr{Op: token.SUB, OpPos: b.at(n), X: b.literal(n, text[1:])}
	}
	if strings.ContainsAny(text, ".eE") {
		return &ast.BasicLit{Kind: token.FLOAT, Value: text, ValuePos: b.at(n)}
	}
	return &ast.BasicLit{Kind: token.INT, Value: text, ValuePos: b.at(n)}
}

// floatText writes a number as the float of equal value, and an integral float as an int.
func floatText(text string) string {
	if !strings.ContainsAny(text, ".eE") {
		return text + ".0"
	}
	if _, exponent, found := strings.Cut(strings.ToLower(text), "e"); found && len(exponent) > 4 {
		return text
	}
	if r, ok := new(big.Rat).SetString(text); ok && r.IsInt() {
		return r.Num().String()
	}
	return text
}
