package testpki

//go:generate go run ./gen
