package protocol

import (
	"strings"
	"testing"
)

func TestDecodeRequestTakesWhatOperationsNeed(t *testing.T) {
	for _, text := range []string{
		`{"op":"identity"}`,
		`{"op":"unify","fragments":{}}`,
		`{"op":"unify","fragments":{"files":[{"name":"a.cue","text":""}],"parts":[{"kind":"package","team":"a","dir":"."}],"tags":{},"limits":[]},"path":[],"want":["cue","json","incomplete"]}`,
		`{"op":"check","fragments":{"parts":[{"kind":"data","team":"a","file":"a.json","json":"{}","masked":[["x"]]}]},"observed":{"state":"{}","coverage":[{"path":["a",null],"status":"covered"}]},"drift":true}`,
		`{"op":"explain","fragments":{},"path":[]}`,
		`{"op":"explain","fragments":{},"observed":{"state":"{}"},"path":["a"]}` + "\n",
	} {
		if _, err := DecodeRequest([]byte(text)); err != nil {
			t.Errorf("%s\nis refused: %v", text, err)
		}
	}
}

func TestDecodeRequestRefuses(t *testing.T) {
	for text, why := range map[string]string{
		``:                                "not a request: EOF",
		`{"op":"identity"`:                "not a request: unexpected EOF",
		`{"op":"identity"}{}`:             "text after its end",
		`{"op":"identity"} x`:             "text after its end",
		`{"op":"identity","more":1}`:      `unknown field "more"`,
		`{"op":7}`:                        "cannot unmarshal number",
		`{}`:                              "unknown operation ``",
		`{"op":"vet"}`:                    "unknown operation `vet`",
		`{"op":"identity","path":[]}`:     "operation `identity` has no `path`",
		`{"op":"unify"}`:                  "operation `unify` needs `fragments`",
		`{"op":"unify","fragments":null}`: "operation `unify` needs `fragments`",
		`{"op":"check","fragments":{}}`:   "operation `check` needs `observed`",
		`{"op":"explain","fragments":{}}`: "operation `explain` needs `path`",
		`{"op":"unify","fragments":{},"drift":true}`:                                                           "operation `unify` has no `drift`",
		`{"op":"unify","fragments":{},"want":["yaml"]}`:                                                        "`want` cannot hold `yaml`",
		`{"op":"unify","fragments":{"files":[{"text":""}]}}`:                                                   "`fragments.files[0]` needs `name`",
		`{"op":"unify","fragments":{"files":[{"name":"a"},{"name":"a"}]}}`:                                     "`fragments.files` holds `a` twice",
		`{"op":"unify","fragments":{"parts":[{"kind":"package","dir":"."}]}}`:                                  "`fragments.parts[0]` needs `team`",
		`{"op":"unify","fragments":{"parts":[{"kind":"package","team":"a"}]}}`:                                 "of kind `package` needs `dir`",
		`{"op":"unify","fragments":{"parts":[{"kind":"package","team":"a","dir":".","json":"{}"}]}}`:           "members of the other kind",
		`{"op":"unify","fragments":{"parts":[{"kind":"data","team":"a","file":"a"}]}}`:                         "of kind `data` needs `file` and `json`",
		`{"op":"unify","fragments":{"parts":[{"kind":"tree","team":"a"}]}}`:                                    "unknown kind `tree`",
		`{"op":"check","fragments":{},"observed":{}}`:                                                          "`observed` needs `state`",
		`{"op":"check","fragments":{},"observed":{"state":"{}","coverage":[{"path":[],"status":"complete"}]}}`: "unknown status `complete`",
	} {
		_, err := DecodeRequest([]byte(text))
		if err == nil || !strings.Contains(err.Error(), why) {
			t.Errorf("%s\nis answered %v, want %q", text, err, why)
		}
	}
}
