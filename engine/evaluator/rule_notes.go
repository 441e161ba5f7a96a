package evaluator

import (
	"cmp"
	"reflect"
	"slices"
	"strings"

	"cuelang.org/go/cue/ast"

	"congruent.dev/engine/protocol"
)

// ruleNotes tells of @rule attributes that do not say what their author meant.
func (d *desired) ruleNotes() []protocol.EngineNote {
	out := append([]protocol.EngineNote{}, d.source.told...)
	for _, loaded := range d.source.syntax {
		if !strings.Contains(d.source.files[loaded.file.Filename].Text, "@rule") {
			continue
		}
		ast.Walk(loaded.file, func(n ast.Node) bool {
			if a := ruleAttribute(n); a != nil {
				for _, message := range d.mistakesOf(a) {
					at := placeOf(a.Pos())
					line, _ := d.index.texts.lineColumn(at)
					out = append(out, protocol.EngineNote{Code: "rule", Message: message, File: at.file, Line: line})
				}
			}
			return true
		}, nil)
	}
	slices.SortFunc(out, func(a, b protocol.EngineNote) int {
		return cmp.Or(strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), strings.Compare(a.Message, b.Message), compareData(a.Data, b.Data))
	})
	return slices.CompactFunc(out, func(a, b protocol.EngineNote) bool { return reflect.DeepEqual(a, b) })
}

func (d *desired) mistakesOf(a *ast.Attribute) (out []string) {
	args := argumentsOf(d.ctx, a)
	if !args.valid {
		return []string{"`" + a.Text + "` cannot be read: write @rule(id=\"HA-1\", severity=warning, title=\"…\", docs=\"…\")"}
	}
	for i := range args.attribute.NumArgs() {
		if key, _ := args.attribute.Arg(i); !slices.Contains([]string{"id", "severity", "title", "docs", ""}, key) || key == "" && args.attribute.NumArgs() > 1 {
			out = append(out, "@rule knows `id`, `severity`, `title` and `docs`, not `"+key+"`")
		}
	}
	if severity, given := args.value("severity"); given && !slices.Contains([]string{"error", "warning", "info", "off"}, severity) {
		out = append(out, "@rule: severity `"+severity+"` is none of `error`, `warning`, `info`, `off`: it counts as `error`")
	}
	if id, _ := args.value("id"); strings.HasPrefix(id, "congruent:") {
		out = append(out, "@rule: ids that begin with `congruent:` are reserved: `"+id+"` is not used")
	}
	return out
}

// compareData compares places in parts, none before any.
func compareData(a, b *protocol.DataSite) int {
	switch {
	case a == nil || b == nil:
		return boolOrder(a != nil, b != nil)
	default:
		return slices.Compare(a.Path, b.Path)
	}
}
