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

// covers says that the location is a member or lies below one.
func (s *locationSet) covers(at location) bool {
	for _, label := range at {
		if s.member {
			return true
		}
		s = s.below[label]
		if s == nil {
			return false
		}
	}
	return s.member
}

// has says that the location itself is a member.
func (s *locationSet) has(at location) bool {
	for _, label := range at {
		s = s.below[label]
		if s == nil {
			return false
		}
	}
	return s.member
}
