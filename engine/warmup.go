package main

// warmupRequests returns requests that use what ordinary ones use.
func warmupRequests() [][]byte {
	return [][]byte{[]byte(`{"op":"identity"}`)}
}
