package main

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// table is what gets written: for each kind its versions, for each type that matters its fields that matter.
type table struct {
	kinds         map[string][]version
	types         map[string]map[string]entry
	clusterScoped []string
}

// version is one version of a kind and the type that describes it.
type version struct{ name, typ string }

// entry says what a field holds and, for a list by key, by which.
type entry struct {
	in, typ  string
	keys     []string
	numbers  []string // of the keys, those whose values are numbers
	defaults map[string]string
}

func isKeyed(e entry) bool     { return len(e.keys) > 0 }
func isComposite(e entry) bool { return len(e.keys) > 1 }
func isQuantity(e entry) bool  { return e.typ == quantity }

func (t *table) count(holds func(entry) bool) int {
	n := 0
	for _, fields := range t.types {
		for _, e := range fields {
			if holds(e) {
				n++
			}
		}
	}
	return n
}

// buildTable finds the kinds, and from them every type that leads to a list by key, a quantity or a map.
func buildTable(s *source) *table {
	t := &table{kinds: map[string][]version{}, types: map[string]map[string]entry{}}
	scoped := map[string]bool{}
	matters := s.typesThatMatter()
	for name, d := range s.declarations {
		pkg, kind, _ := strings.Cut(name, ".")
		group, known := s.groups[pkg]
		if !known || !isKind(d) || strings.HasPrefix(pkg, "apidiscovery/") {
			continue
		}
		if group != "" {
			kind += "." + group
		}
		t.kinds[kind] = append(t.kinds[kind], version{pkg[strings.LastIndex(pkg, "/")+1:], name})
		scoped[kind] = scoped[kind] || d.clusterScoped
		t.add(s, name, matters)
	}
	for kind, versions := range t.kinds {
		slices.SortFunc(versions, newestFirst)
		if scoped[kind] {
			t.clusterScoped = append(t.clusterScoped, kind)
		}
	}
	slices.Sort(t.clusterScoped)
	return t
}

// isKind says whether a struct has a type and metadata of its own, as every API object does.
func isKind(d *declaration) bool {
	has := func(name, typ string) bool {
		return slices.ContainsFunc(d.fields, func(f field) bool { return f.name == name && f.ref == reference{name: typ} })
	}
	return has("", "meta/v1.TypeMeta") && has("metadata", "meta/v1.ObjectMeta")
}

// typesThatMatter is the fixed point of: has such a field itself, or a field of a type that matters.
func (s *source) typesThatMatter() map[string]bool {
	matters := map[string]bool{}
	for changed := true; changed; {
		changed = false
		for name, d := range s.declarations {
			if !matters[name] && slices.ContainsFunc(s.flatFields(d), func(f field) bool { return s.fieldMatters(f, matters) }) {
				matters[name], changed = true, true
			}
		}
	}
	return matters
}

func (s *source) fieldMatters(f field, matters map[string]bool) bool {
	ref := s.resolve(f.ref)
	return ref.in == "map" || ref.name == quantity || matters[ref.name] || len(f.listKeys(ref)) > 0
}

// flatFields are the fields of a struct and of those it inlines.
func (s *source) flatFields(d *declaration) []field {
	var fields []field
	for _, f := range d.fields {
		if f.name != "" {
			fields = append(fields, f)
		} else if inlined := s.declarations[f.ref.name]; inlined != nil {
			fields = append(fields, s.flatFields(inlined)...)
		}
	}
	return fields
}

// resolve follows names of maps and lists, such as ResourceList, to what they hold.
func (s *source) resolve(ref reference) reference {
	for d := s.declarations[ref.name]; d != nil && d.alias != nil; d = s.declarations[ref.name] {
		if ref.in == "" {
			ref.in = d.alias.in
		}
		ref.name = d.alias.name
	}
	return ref
}

// listKeys are the keys by which elements of a list are told apart: the markers', else the struct tag's. A list that a
// marker calls one value or a set has none, even if the elements of that one value must differ in some members.
func (f field) listKeys(ref reference) []string {
	switch {
	case ref.in != "list" || f.listType == "atomic" || f.listType == "set":
		return nil
	case len(f.keys) > 0:
		return f.keys
	case f.patchKey != "":
		return []string{f.patchKey}
	}
	return nil
}

func (t *table) add(s *source, name string, matters map[string]bool) {
	if t.types[name] != nil {
		return
	}
	t.types[name] = map[string]entry{}
	for _, f := range s.flatFields(s.declarations[name]) {
		if !s.fieldMatters(f, matters) {
			continue
		}
		ref := s.resolve(f.ref)
		e := entry{in: ref.in, keys: f.listKeys(ref)}
		if ref.name == quantity {
			e.typ = quantity
		} else if matters[ref.name] {
			e.typ = ref.name
			t.add(s, ref.name, matters)
		}
		if element := s.declarations[ref.name]; element != nil {
			fields := s.flatFields(element)
			e.defaults, e.numbers = keyDefaults(fields, e.keys), s.numberKeys(fields, e.keys)
		}
		t.types[name][f.name] = e
	}
}

func keyDefaults(fields []field, keys []string) map[string]string {
	defaults := map[string]string{}
	for _, f := range fields {
		if f.defaultValue != "" && slices.Contains(keys, f.name) {
			defaults[f.name] = f.defaultValue
		}
	}
	return defaults
}

// numberKeys are the keys whose values are numbers; a key's text alone does not tell.
func (s *source) numberKeys(fields []field, keys []string) []string {
	return slices.DeleteFunc(slices.Clone(keys), func(key string) bool {
		at := slices.IndexFunc(fields, func(f field) bool { return f.name == key })
		if at < 0 {
			return true
		}
		name := s.resolve(fields[at].ref).name
		return !numberType.MatchString(name[strings.LastIndex(name, ".")+1:])
	})
}

var numberType = regexp.MustCompile(`^u?int\d*$`)

var versionName = regexp.MustCompile(`^v(\d+)(?:(alpha|beta)(\d+))?$`)

// newestFirst orders versions as Kubernetes prefers them: stable before beta before alpha, then the larger number.
func newestFirst(a, b version) int {
	return cmp.Or(-slices.Compare(rank(a.name), rank(b.name)), strings.Compare(a.name, b.name))
}

func rank(name string) []int {
	parts := versionName.FindStringSubmatch(name)
	if parts == nil {
		return nil
	}
	stage := map[string]int{"": 2, "beta": 1, "alpha": 0}[parts[2]]
	major, _ := strconv.Atoi(parts[1])
	minor, _ := strconv.Atoi(parts[3])
	return []int{stage, major, minor}
}
