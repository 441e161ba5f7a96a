package evaluator

import (
	"slices"
	"strconv"

	"cuelang.org/go/cue/build"
)

// teams says whose a text is: the team that the host gives for its file, else
// the teams whose imports bring it in.
type teams struct {
	own     map[string]string
	brought map[string][]string
}

func newTeams(source *loader, parts []loadedPart) *teams {
	t := &teams{own: map[string]string{}, brought: map[string][]string{}}
	for name := range source.used {
		if team := source.files[name].Team; team != "" {
			t.own[name] = team
		}
	}
	for _, p := range parts {
		if p.part.Kind == "data" {
			t.own[dataPrefix+strconv.Itoa(p.rank)] = p.part.Team
			continue
		}
		if p.part.Kind == "schema" || p.part.Kind == "starlark" {
			t.own[madePrefix+strconv.Itoa(p.rank)] = p.part.Team
			continue
		}
		t.bring(p.instance, p.part.Team, map[*build.Instance]bool{})
	}
	for data, holders := range source.embeddedIn {
		for _, holder := range holders {
			for _, team := range t.of(holder) {
				t.add(data, team)
			}
		}
	}
	for _, list := range t.brought {
		slices.Sort(list)
	}
	return t
}

// bring walks the imports of a package. Text without a team of its own passes on the team that brought it.
func (t *teams) bring(i *build.Instance, team string, seen map[*build.Instance]bool) {
	if i == nil || seen[i] {
		return
	}
	seen[i] = true
	for _, file := range i.Files {
		from := t.own[file.Filename]
		if from == "" {
			from = team
			t.add(file.Filename, team)
		}
		for spec := range file.ImportSpecs() {
			if path, err := strconv.Unquote(spec.Path.Value); err == nil {
				if from == team {
					t.bring(i.LookupImport(path), from, seen)
				} else {
					t.bring(i.LookupImport(path), from, map[*build.Instance]bool{i: true})
				}
			}
		}
	}
}

func (t *teams) add(file, team string) {
	if !slices.Contains(t.brought[file], team) {
		t.brought[file] = append(t.brought[file], team)
	}
}

// of lists the teams whose text a file is, sorted; never empty.
func (t *teams) of(file string) []string {
	if own := t.own[file]; own != "" {
		return []string{own}
	}
	if brought := t.brought[file]; len(brought) > 0 {
		return brought
	}
	return []string{""}
}
