package evaluator

// cutHidden cuts a hidden tail below a place that is observed: what a helper
// such as spec._effective.x finds is a finding about spec. A check that hangs on
// nothing observed keeps its whole path: _ids.same.
func cutHidden(at location, exists func(location) bool) location {
	for i, s := range at {
		if s.kind == hiddenStep || s.kind == definitionStep {
			if i > 0 && exists(at[:i]) {
				return at[:i]
			}
			return at
		}
	}
	return at
}
