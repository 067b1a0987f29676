//go:build !race

package certfile

const slower = 1
