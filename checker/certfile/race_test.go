//go:build race

package certfile

// slower is what the race detector makes of computing.
const slower = 20
