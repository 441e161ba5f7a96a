package evaluator

import (
	"bytes"
	"fmt"
	"path"
	"strings"

	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/literal"
	"cuelang.org/go/cue/token"
	"cuelang.org/go/encoding/json"
	"cuelang.org/go/encoding/toml"
	"cuelang.org/go/encoding/yaml"
)

// decodeData reads the text of an embedded data file as CUE syntax whose
// positions lie in that file. An empty kind is told from the file's ending.
func decodeData(name, kind, text string) (ast.Expr, error) {
	if kind == "" {
		kind = kindOfEnding(name)
	}
	switch kind {
	case "json":
		return json.Extract(name, []byte(text))
	case "yaml":
		file, err := yaml.Extract(name, []byte(text))
		if err != nil {
			return nil, err
		}
		return exprOfFile(file), nil
	case "toml":
		return toml.NewDecoder(name, bytes.NewReader([]byte(text))).Decode()
	case "text":
		return at(name, text, ast.NewString(text)), nil
	case "binary":
		return at(name, text, ast.NewLit(token.STRING, literal.Bytes.Quote(text))), nil
	}
	return nil, fmt.Errorf("cannot embed `%s` as `%s`: known are json, yaml, toml, text and binary", name, kind)
}

// kindOfEnding tells how a file is read from the ending of its name.
func kindOfEnding(name string) string {
	switch ending := path.Ext(name); ending {
	case ".json", ".yaml", ".toml":
		return strings.TrimPrefix(ending, ".")
	case ".yml":
		return "yaml"
	case ".txt":
		return "text"
	default:
		return ending
	}
}

// at gives an expression the position of the first character of a file.
func at(name, text string, x ast.Expr) ast.Expr {
	file := token.NewFile(name, -1, len(text))
	file.SetLinesForContent([]byte(text))
	ast.SetPos(x, file.Pos(0, token.NoRelPos))
	return x
}

// exprOfFile is the value that a file of data stands for.
func exprOfFile(file *ast.File) ast.Expr {
	if len(file.Decls) == 1 {
		if embedded, ok := file.Decls[0].(*ast.EmbedDecl); ok {
			return embedded.Expr
		}
	}
	return &ast.StructLit{Elts: file.Decls}
}
