package acceptance

import (
	"regexp"
	"slices"
	"strings"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/token"

	"congruent.dev/engine/syntax"
)

// labels are labels that a pattern constraint applies to: all, some by name, those
// that match; or all but these.
type labels struct {
	others  bool
	names   []string
	pattern *pattern
}

// every are all labels.
func every() labels { return labels{others: true} }

func (l labels) isEvery() bool { return l.others && len(l.names) == 0 && l.pattern == nil }

// labelsOf reads what a pattern constraint applies to.
func (e *emitter) labelsOf(x ast.Expr) (labels, bool) {
	g := e.flatten([]ast.Expr{x})
	if len(g.failed)+len(g.structs)+len(g.closed) > 0 || len(g.unions)+len(g.leaves) > 1 {
		return labels{}, false
	}
	for _, u := range g.unions {
		return e.namesOf(u)
	}
	for _, leaf := range g.leaves {
		return e.labelLeaf(leaf)
	}
	return every(), true
}

func (e *emitter) namesOf(u union) (labels, bool) {
	var l labels
	for _, a := range u.alternatives {
		c, ok := e.constantOf(a.value)
		name, isText := c.value.(string)
		if !ok || !isText || a.preferred || isUnsafeName(name) {
			return labels{}, false
		}
		l.names = append(l.names, name)
	}
	return l, len(l.names) > 0
}

func (e *emitter) labelLeaf(x ast.Expr) (labels, bool) {
	switch x := x.(type) {
	case *ast.Ident:
		return every(), x.Name == "string" && e.p.Meaning(x).Kind == syntax.Predeclared
	case *ast.BasicLit:
		name, ok := stringOf(x)
		return labels{names: []string{name}}, ok && !isUnsafeName(name)
	case *ast.UnaryExpr:
		c, ok := e.constantOf(x.X)
		text, isText := c.value.(string)
		if !ok || !isText {
			return labels{}, false
		}
		switch x.Op {
		case token.NEQ:
			return labels{others: true, names: []string{text}}, !isUnsafeName(text)
		case token.MAT, token.NMAT:
			p, ok := translate(text)
			return labels{others: x.Op == token.NMAT, pattern: &p}, ok
		}
	}
	return labels{}, false
}

// has says that a label is among them.
func (l labels) has(name string) bool {
	among := slices.Contains(l.names, name)
	if l.pattern != nil {
		re, err := regexp.Compile(l.pattern.text)
		among = err == nil && re.MatchString(name)
	}
	return among != l.others
}

// schema is satisfied by maps whose members with these labels satisfy another schema.
func (l labels) schema(member schema) schema {
	if member.isTrue() {
		return ofType("object")
	}
	k := keywords{"type": "object"}
	inner := member
	if l.others {
		k["additionalProperties"] = member.value()
		inner = anything()
	}
	if len(l.names) > 0 {
		properties := keywords{}
		for _, name := range l.names {
			properties[name] = inner.value()
		}
		k["properties"] = properties
	}
	if l.pattern != nil {
		k["patternProperties"] = keywords{l.pattern.text: inner.value()}
		if l.pattern.longest > 0 {
			k["propertyNames"] = keywords{"maxLength": l.pattern.longest}
		}
	}
	return schema{keywords: k}
}

// labelExpression writes the labels of the entities that a constraint applies to as
// an expression; others says that it applies to those that do not match. No
// expression is every label, also where the text does not tell which.
func labelExpression(e *emitter, x ast.Expr) (expression string, others, ok bool) {
	if x == nil {
		return "", false, true
	}
	l, known := e.labelsOf(x)
	switch {
	case !known:
		return "", false, false
	case l.pattern != nil && (l.pattern.longest == 0 || l.pattern.longest >= longest[2]):
		return l.pattern.text, l.others, true
	case len(l.names) > 0:
		quoted := make([]string, 0, len(l.names))
		for _, name := range l.names {
			quoted = append(quoted, regexp.QuoteMeta(name))
		}
		if p, ok := translate("^(?:" + strings.Join(quoted, "|") + ")$"); ok {
			return p.text, l.others, true
		}
	}
	return "", false, l.isEvery()
}
