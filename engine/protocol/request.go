package protocol

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
)

// DecodeRequest reads one request and refuses whatever is not exactly one: text
// that is not JSON, unknown members, members that the operation does not have,
// members that it lacks. A list or map that is absent counts as empty.
func DecodeRequest(text []byte) (*Request, error) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	var request Request
	if err := decoder.Decode(&request); err != nil {
		return nil, fmt.Errorf("not a request: %w", err)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("not a request: text after its end")
	}
	if err := request.validate(); err != nil {
		return nil, err
	}
	return &request, nil
}

func (r *Request) validate() error {
	present := map[string]bool{
		"fragments":   r.Fragments != nil,
		"observed":    r.Observed != nil,
		"path":        r.Path != nil,
		"want":        r.Want != nil,
		"drift":       r.Drift,
		"restriction": r.Restriction != nil,
		"without":     r.Without != nil,
		"base":        r.Base != nil,
		"applied":     r.Applied != nil,
		"identity":    r.Identity != nil,
		"paths":       r.Paths != nil,
		"labels":      r.Labels != "",
	}
	var required, optional []string
	switch r.Op {
	case "identity":
	case "unify":
		required, optional = []string{"fragments"}, []string{"path", "want"}
	case "check":
		required, optional = []string{"fragments", "observed"}, []string{"drift", "restriction", "without"}
	case "plan", "rules", "mutants", "latent", "lint":
		required = []string{"fragments"}
	case "diff":
		required = []string{"fragments", "base"}
	case "exercised":
		required = []string{"fragments", "observed"}
	case "removed":
		required, optional = []string{"fragments", "observed", "applied"}, []string{"identity"}
	case "supply":
		required = []string{"fragments", "observed", "paths"}
	case "outline":
		required, optional = []string{"fragments", "paths"}, []string{"labels", "restriction"}
	case "explain":
		required, optional = []string{"fragments", "path"}, []string{"observed"}
	default:
		return fmt.Errorf("unknown operation `%s`", r.Op)
	}
	for _, member := range []string{"fragments", "observed", "path", "want", "drift", "restriction", "without", "base", "applied", "identity", "paths", "labels"} {
		switch {
		case slices.Contains(required, member) && !present[member]:
			return fmt.Errorf("operation `%s` needs `%s`", r.Op, member)
		case present[member] && !slices.Contains(required, member) && !slices.Contains(optional, member):
			return fmt.Errorf("operation `%s` has no `%s`", r.Op, member)
		}
	}
	for _, want := range r.Want {
		if !slices.Contains([]string{"cue", "json", "incomplete"}, want) {
			return fmt.Errorf("`want` cannot hold `%s`", want)
		}
	}
	if r.Fragments != nil {
		if err := r.Fragments.validate("fragments"); err != nil {
			return err
		}
	}
	if r.Base != nil {
		if err := r.Base.validate("base"); err != nil {
			return err
		}
	}
	if r.Observed != nil {
		return r.Observed.validate()
	}
	return nil
}

func (f *Fragments) validate(member string) error {
	names := make(map[string]bool, len(f.Files))
	for i, file := range f.Files {
		switch {
		case file.Name == "":
			return fmt.Errorf("`%s.files[%d]` needs `name`", member, i)
		case names[file.Name]:
			return fmt.Errorf("`%s.files` holds `%s` twice", member, file.Name)
		}
		names[file.Name] = true
	}
	for i, part := range f.Parts {
		if err := part.validate(); err != nil {
			return fmt.Errorf("`%s.parts[%d]` %w", member, i, err)
		}
	}
	return nil
}

func (p *Part) validate() error {
	ofPackage := p.Dir != "" || p.Package != ""
	ofSchema := p.As != "" || p.At != nil || p.Lists != ""
	ofScript := p.Text != ""
	ofData := p.File != "" || p.JSON != "" || p.Masked != nil
	switch {
	case p.Team == "":
		return errors.New("needs `team`")
	case ofScript && p.Kind != "starlark", p.Kind == "starlark" && (ofPackage || p.JSON != "" || p.Masked != nil || p.As != "" || p.Lists != ""):
		return fmt.Errorf("of kind `%s` has members of the other kind", p.Kind)
	case p.Kind == "starlark" && (p.File == "" || slices.Contains(p.At, nil)):
		return errors.New("of kind `starlark` needs `file`, and labels in `at`")
	case p.Kind == "package" && (ofData || ofSchema), p.Kind == "data" && (ofPackage || ofSchema), p.Kind == "schema" && (ofPackage || p.Masked != nil):
		return fmt.Errorf("of kind `%s` has members of the other kind", p.Kind)
	case p.Kind == "package" && p.Dir == "":
		return errors.New("of kind `package` needs `dir`")
	case p.Kind == "data" && (p.File == "" || p.JSON == ""):
		return errors.New("of kind `data` needs `file` and `json`")
	case p.Kind == "schema" && (p.File == "" || p.JSON == ""):
		return errors.New("of kind `schema` needs `file` and `json`")
	case p.Kind == "schema" && !slices.Contains([]string{"jsonschema", "crd"}, p.As):
		return fmt.Errorf("of kind `schema` has the unknown `as` of `%s`", p.As)
	case p.Kind == "schema" && !slices.Contains([]string{"", "plain"}, p.Lists):
		return fmt.Errorf("of kind `schema` has the unknown `lists` of `%s`", p.Lists)
	case p.Kind != "package" && p.Kind != "data" && p.Kind != "schema" && p.Kind != "starlark":
		return fmt.Errorf("has the unknown kind `%s`", p.Kind)
	}
	return nil
}

func (o *Observed) validate() error {
	if o.State == "" {
		return errors.New("`observed` needs `state`")
	}
	for i, coverage := range o.Coverage {
		if !slices.Contains([]string{"covered", "stale", "refused"}, coverage.Status) {
			return fmt.Errorf("`observed.coverage[%d]` has the unknown status `%s`", i, coverage.Status)
		}
	}
	return nil
}
