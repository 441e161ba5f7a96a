package syntax

import (
	"strings"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/literal"
	"cuelang.org/go/cue/token"
)

// Label is a field's label without aliases: an identifier, a text, a pattern, or
// something that only an evaluation tells.
func Label(f *ast.Field) ast.Label {
	if alias, ok := f.Label.(*ast.Alias); ok {
		if label, ok := alias.Expr.(ast.Label); ok {
			return label
		}
	}
	return f.Label
}

// StaticLabel is the name of a field whose label stands in the text, and false
// for patterns and for labels that are computed.
func StaticLabel(f *ast.Field) (name string, ok bool) {
	switch label := Label(f).(type) {
	case *ast.Ident:
		return label.Name, true
	case *ast.BasicLit:
		if label.Kind != token.STRING {
			return "", false
		}
		name, err := literal.Unquote(label.Value)
		return name, err == nil
	}
	return "", false
}

// Pattern is what a pattern constraint `[x]: …` applies to, without its label alias; nil for other fields.
func Pattern(f *ast.Field) ast.Expr {
	list, ok := Label(f).(*ast.ListLit)
	if !ok || len(list.Elts) != 1 {
		return nil
	}
	if alias, ok := list.Elts[0].(*ast.Alias); ok {
		return alias.Expr
	}
	return list.Elts[0]
}

// Value is what a field is, without a value alias.
func Value(f *ast.Field) ast.Expr {
	if alias, ok := f.Value.(*ast.Alias); ok {
		return alias.Expr
	}
	return f.Value
}

// KindOfLabel tells regular fields, hidden ones (`_x`, `_#x`) and definitions (`#x`) by their names.
// A name in quotes is regular, whatever it begins with.
func KindOfLabel(f *ast.Field) Kind {
	if name, ok := Label(f).(*ast.Ident); ok {
		return kindOfName(name.Name)
	}
	return Field
}

func kindOfName(name string) Kind {
	switch {
	case strings.HasPrefix(name, "_"):
		return Hidden
	case strings.HasPrefix(name, "#"):
		return Definition
	}
	return Field
}
