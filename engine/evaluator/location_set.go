package evaluator

// locationSet answers whether a location lies at or below one of many.
type locationSet struct {
	member bool
	below  map[step]*locationSet
}

func newLocationSet(locations ...location) *locationSet {
	s := &locationSet{}
	for _, at := range locations {
		s.add(at)
	}
	return s
}

func (s *locationSet) add(at location) {
	for _, label := range at {
		if s.below == nil {
			s.below = map[step]*locationSet{}
		}
		if s.below[label] == nil {
			s.below[label] = &locationSet{}
		}
		s = s.below[label]
	}
	s.member = true
}

// covers says that the location is a member or lies below one; a pattern step of a member stands for any label.
func (s *locationSet) covers(at location) bool {
	if s == nil {
		return false
	}
	if s.member {
		return true
	}
	if len(at) == 0 || s.below == nil {
		return false
	}
	return s.below[at[0]].covers(at[1:]) || s.below[step{patternStep, ""}].covers(at[1:])
}

// has says that the location itself is a member.
func (s *locationSet) has(at location) bool {
	if s == nil {
		return false
	}
	if len(at) == 0 {
		return s.member
	}
	return s.below != nil && (s.below[at[0]].has(at[1:]) || s.below[step{patternStep, ""}].has(at[1:]))
}
