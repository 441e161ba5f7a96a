package syntax

// IsPredeclared says that CUE knows a name without a declaration. `self` is not
// among them: it stands for whatever is around it.
func IsPredeclared(name string) bool {
	switch name {
	case "string", "bytes", "bool", "int", "float", "number",
		"error", "len", "close", "matchIf", "matchN", "and", "or", "div", "mod", "quo", "rem",
		"rune", "uint", "float32", "float64",
		"int8", "int16", "int32", "int64", "int128",
		"uint8", "uint16", "uint32", "uint64", "uint128",
		"__string", "__bytes", "__bool", "__int", "__float", "__number":
		return true
	}
	return false
}
