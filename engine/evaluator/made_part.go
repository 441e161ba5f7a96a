package evaluator

import (
	"strconv"
	"strings"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/build"
	"cuelang.org/go/cue/parser"
	"cuelang.org/go/cue/token"

	"congruent.dev/engine/protocol"
	"congruent.dev/engine/schema"
	"congruent.dev/engine/script"
	"congruent.dev/engine/traced"
)

// madePart is CUE that was made of another text. It is loaded as any text is; only
// its positions lead back to what it was made of.
type madePart struct {
	part   int // index of the part
	text   traced.Text
	source *schema.Source // of a schema
	lines  *texts         // of a script
}

// isMade says that a pseudo-file holds CUE that was made of another text, or that text.
func isMade(file string) bool {
	return strings.HasPrefix(file, madePrefix) || strings.HasPrefix(file, sourcePrefix)
}

// schemaPart makes a package out of a document of schemas.
func (l *loader) schemaPart(part protocol.Part, rank int) *build.Instance {
	name := sourcePrefix + strconv.Itoa(rank)
	source, err := schema.Read(name, part.JSON)
	if err != nil {
		l.report(err)
		return nil
	}
	made := &madePart{part: l.order[rank], source: source}
	l.made[name] = made
	if l.refuseDeep([]ast.Decl{&ast.EmbedDecl{Expr: source.Expr}}) {
		return nil
	}
	var result schema.Result
	if part.As == "crd" {
		result = schema.FromCRD(source, part.At, part.Lists == "plain")
	} else {
		result = schema.FromJSONSchema(source, part.At)
	}
	for _, t := range result.Problems {
		l.reportAt(placeIn(name, t.At), t.Message)
	}
	for _, t := range result.Notes {
		site := l.siteOfMade(made, placeIn(name, t.At))
		l.told = append(l.told, protocol.EngineNote{Code: "schema", Message: t.Message, File: site.File, Data: site.Data})
	}
	if len(result.Problems) > 0 {
		return nil
	}
	made.text = result.Text
	return l.madePackage(made, rank)
}

// scriptPart makes a package out of the data that a script leaves.
func (l *loader) scriptPart(part protocol.Part, rank int) *build.Instance {
	name := sourcePrefix + strconv.Itoa(rank)
	made := &madePart{part: l.order[rank], lines: newTexts()}
	made.lines.text[name] = part.Text
	l.made[name] = made
	if strings.Contains(part.Text, "tags") {
		for tag := range l.tags {
			l.usedTags[tag] = true
		}
	}
	text, problem := script.Run(name, part.Text, l.tags, part.At)
	if problem != nil {
		l.reportAt(placeIn(name, problem.At), problem.Message)
		return nil
	}
	made.text = text
	return l.madePackage(made, rank)
}

// placeIn is a position in a text; the text's beginning where there is none.
func placeIn(name string, at token.Pos) place {
	if !at.IsValid() {
		return place{file: name}
	}
	return place{name, at.Offset()}
}

// madePackage loads the text of a made part as a package of its own.
func (l *loader) madePackage(made *madePart, rank int) *build.Instance {
	name := madePrefix + strconv.Itoa(rank)
	l.made[name] = made
	file, err := parser.ParseFile(name, made.text.CUE, parser.ParseComments)
	if err != nil {
		l.report(err)
		return nil
	}
	if l.refuseDeep(file.Decls) {
		return nil
	}
	l.restriction.apply(file, made.text.CUE)
	l.edits.apply(file, l.spared)
	i := l.build.NewInstance("", l.resolve)
	i.ImportPath = "made.congruent/" + strconv.Itoa(rank) + ":schema"
	if err := i.AddSyntax(file); err != nil {
		l.report(err)
		return nil
	}
	if i.Complete() != nil {
		l.report(i.Err)
		return nil
	}
	l.spared.spare(i)
	l.report(i.ResolutionErr)
	l.syntax = append(l.syntax, loadedFile{file, i.ImportPath})
	return i
}

// siteOfMade is where that stands of which a place in a made text was made.
func (l *loader) siteOfMade(made *madePart, p place) protocol.Site {
	file := l.fragments.Parts[made.part].File
	if made.lines != nil {
		if from := made.text.Origin(p.offset); !strings.HasPrefix(p.file, sourcePrefix) {
			p = place{from.Filename(), from.Offset()}
		}
		line, column := made.lines.lineColumn(p)
		return protocol.Site{File: file, Line: line, Column: column}
	}
	at := schema.Place{Path: []string{}}
	if strings.HasPrefix(p.file, sourcePrefix) {
		at = made.source.PlaceAt(p.offset)
	} else if from := made.text.Origin(p.offset); from.IsValid() {
		at = made.source.PlaceAt(from.Offset())
	}
	data := &protocol.DataSite{Part: made.part, Path: at.Path, Label: at.Label}
	return protocol.Site{File: file, Data: data}
}

// atKey is a pattern as text that no other pattern has.
func atKey(pattern protocol.Pattern) string {
	var b strings.Builder
	for _, label := range pattern {
		if label == nil {
			b.WriteString("*;")
			continue
		}
		b.WriteString(strconv.Itoa(len(*label)) + ":" + *label)
	}
	return b.String()
}
