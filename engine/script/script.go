// Package script runs Starlark and makes CUE of the data that it leaves: the global
// variables of a file, but for functions and names that begin with `_`. A script has
// no clock, no files, nothing to load and no recursion; what it may do is counted.
package script

import (
	"errors"
	"fmt"
	"math"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/token"
	"go.starlark.net/resolve"
	"go.starlark.net/starlark"
	"go.starlark.net/syntax"

	"congruent.dev/engine/traced"
)

const (
	// mostSteps bounds what a script may do: less than a second of work.
	mostSteps = 1_000_000
	// mostValues bounds how many values the data holds, each counted where it stands.
	mostValues = 200_000
	// mostText bounds the bytes of all texts in the data.
	mostText = 16 << 20
	// deepest bounds how deep values may stand in each other.
	deepest = 200
)

// Problem is why a script has no data.
type Problem struct {
	At      token.Pos
	Message string
}

// Run runs a script with the tags of its environment and puts its data at a path.
func Run(name, text string, tags map[string]string, at []*string) (traced.Text, *Problem) {
	file := newFile(name, text)
	parsed, err := options().Parse(name, text, 0)
	if err != nil {
		return traced.Text{}, file.problem(err)
	}
	given := starlark.NewDict(len(tags))
	for tag, value := range tags {
		_ = given.SetKey(starlark.String(tag), starlark.String(value))
	}
	given.Freeze()
	predeclared := starlark.StringDict{"tags": given}
	program, err := starlark.FileProgram(parsed, predeclared.Has)
	if err != nil {
		return traced.Text{}, file.problem(err)
	}
	thread := &starlark.Thread{Name: name, Print: func(*starlark.Thread, string) {}}
	thread.SetMaxExecutionSteps(mostSteps)
	globals, err := program.Init(thread, predeclared)
	if err != nil {
		return traced.Text{}, file.problem(err)
	}
	file.learn(parsed.Stmts)
	return file.write(globals, at)
}

// options allow what people who write data expect: conditions and loops beside
// functions, and a name that is given anew.
func options() *syntax.FileOptions {
	return &syntax.FileOptions{TopLevelControl: true, GlobalReassign: true}
}

func (f *file) write(globals starlark.StringDict, at []*string) (traced.Text, *Problem) {
	names := globals.Keys()
	slices.Sort(names)
	data := &ast.StructLit{}
	for _, name := range names {
		value := globals[name]
		if _, assigned := f.places[name]; strings.HasPrefix(name, "_") || isFunction(value) || f.steering[name] && !assigned {
			continue
		}
		x, problem := f.expr(value, []string{name}, f.positionOf(token.NoPos, name))
		if problem != nil {
			return traced.Text{}, problem
		}
		data.Elts = append(data.Elts, f.field(name, x, f.positionOf(token.NoPos, name)))
	}
	var decls []ast.Decl = data.Elts
	for _, label := range slices.Backward(at) {
		decls = []ast.Decl{f.field(*label, &ast.StructLit{Elts: decls}, token.NoPos)}
	}
	return traced.Write(&ast.File{Decls: append([]ast.Decl{&ast.Package{Name: ast.NewIdent("script")}}, decls...)}), nil
}

func (f *file) field(name string, value ast.Expr, at token.Pos) *ast.Field {
	label := ast.NewString(name)
	ast.SetPos(label, at)
	return &ast.Field{Label: label, Value: value}
}

func isFunction(v starlark.Value) bool {
	switch v.(type) {
	case *starlark.Function, *starlark.Builtin:
		return true
	}
	return false
}

// expr is a value as CUE, at the place where it is written, else that of what holds it.
func (f *file) expr(v starlark.Value, path []string, at token.Pos) (ast.Expr, *Problem) {
	refuse := func(format string, args ...any) (ast.Expr, *Problem) {
		return nil, &Problem{at, "`" + shown(path) + "` " + fmt.Sprintf(format, args...)}
	}
	if f.values++; f.values > mostValues {
		return refuse("is one of more than %d values", mostValues)
	}
	if len(path) > deepest {
		return nil, &Problem{at, fmt.Sprintf("`%s` holds values nested deeper than %d, or holds itself", path[0], deepest)}
	}
	var out ast.Expr
	switch v := v.(type) {
	case starlark.NoneType:
		out = ast.NewNull()
	case starlark.Bool:
		out = ast.NewBool(bool(v))
	case starlark.Int:
		out = ast.NewLit(token.INT, v.String())
	case starlark.Float:
		if math.IsInf(float64(v), 0) || math.IsNaN(float64(v)) {
			return refuse("is no finite number")
		}
		out = number(float64(v))
	case starlark.String:
		if !utf8.ValidString(string(v)) {
			return refuse("is no text in UTF-8")
		}
		if f.text += len(v); f.text > mostText {
			return refuse("is one of texts of more than %d bytes", mostText)
		}
		out = ast.NewString(string(v))
	case *starlark.List, starlark.Tuple:
		return f.list(v.(starlark.Indexable), path, at)
	case *starlark.Dict:
		return f.dict(v, path, at)
	default:
		return refuse("is a %s, which is no data: dicts, lists, texts, numbers, booleans and None are", v.Type())
	}
	ast.SetPos(out, at)
	return out, nil
}

// shown is a path as a message has it.
func shown(path []string) string {
	const most = 6
	if len(path) > most {
		return strings.Join(path[:most], ".") + "…"
	}
	return strings.Join(path, ".")
}

// number is a finite float as CUE; integral ones are ints, as in all data.
func number(v float64) ast.Expr {
	if v == math.Trunc(v) {
		n, _ := big.NewFloat(v).Int(nil)
		return ast.NewLit(token.INT, n.String())
	}
	return ast.NewLit(token.FLOAT, strconv.FormatFloat(v, 'g', -1, 64))
}

func (f *file) list(v starlark.Indexable, path []string, at token.Pos) (ast.Expr, *Problem) {
	out := &ast.ListLit{Lbrack: at}
	for i := range v.Len() {
		below := append(slices.Clip(path), strconv.Itoa(i))
		x, problem := f.expr(v.Index(i), below, f.positionOf(at, below...))
		if problem != nil {
			return nil, problem
		}
		out.Elts = append(out.Elts, x)
	}
	return out, nil
}

func (f *file) dict(v *starlark.Dict, path []string, at token.Pos) (ast.Expr, *Problem) {
	out := &ast.StructLit{Lbrace: at}
	for _, item := range v.Items() {
		key, ok := item[0].(starlark.String)
		if !ok || !utf8.ValidString(string(key)) {
			return nil, &Problem{at, fmt.Sprintf("`%s` has the key %s: keys are texts", shown(path), item[0].String())}
		}
		below := append(slices.Clip(path), string(key))
		here := f.positionOf(at, below...)
		x, problem := f.expr(item[1], below, here)
		if problem != nil {
			return nil, problem
		}
		out.Elts = append(out.Elts, f.field(string(key), x, here))
	}
	return out, nil
}

// problem is what Starlark says is wrong, on one line.
func (f *file) problem(err error) *Problem {
	var failed *starlark.EvalError
	var unresolved resolve.ErrorList
	var wrong syntax.Error
	switch {
	case errors.As(err, &failed):
		message := failed.Msg
		if strings.Contains(message, "load not implemented") {
			message = "a script loads nothing: write all of it in one file"
		}
		if strings.Contains(message, "too many steps") {
			message = fmt.Sprintf("the script takes more than %d steps", mostSteps)
		}
		out := &Problem{Message: message}
		for i := range failed.CallStack {
			frame := failed.CallStack.At(i)
			if frame.Pos.Filename() != f.name {
				continue
			}
			if !out.At.IsValid() {
				out.At = f.at(frame.Pos)
			}
			if frame.Name != "<toplevel>" {
				out.Message += fmt.Sprintf(", in `%s`, called at line %d", frame.Name, callerLine(failed.CallStack, i))
			}
		}
		return out
	case errors.As(err, &unresolved):
		var messages []string
		for _, e := range unresolved {
			messages = append(messages, e.Msg)
		}
		return &Problem{f.at(unresolved[0].Pos), strings.Join(messages, "; ")}
	case errors.As(err, &wrong):
		return &Problem{f.at(wrong.Pos), wrong.Msg}
	}
	return &Problem{Message: err.Error()}
}

func callerLine(stack starlark.CallStack, i int) int32 {
	if i+1 < len(stack) {
		return stack.At(i + 1).Pos.Line
	}
	return stack.At(i).Pos.Line
}
