package evaluator

import (
	_ "cuelang.org/go/cue/cuecontext"
	_ "cuelang.org/go/mod/modfile"
)
