package main

import "syscall"

// limitData makes the system refuse memory beyond so many bytes, or beyond what it
// allows anyway; Go then ends the program with words that say so.
func limitData(bytes uint64) error {
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_DATA, &limit); err != nil {
		return err
	}
	limit.Cur = min(limit.Cur, bytes)
	limit.Max = min(limit.Max, bytes)
	return syscall.Setrlimit(syscall.RLIMIT_DATA, &limit)
}
