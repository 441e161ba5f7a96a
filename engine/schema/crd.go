package schema

// FromCRD makes CUE of a CustomResourceDefinition.
func FromCRD(source *Source, at []*string, plain bool) Result { return Result{} }
