package probe

import (
	"syscall"
	"testing"
)

// shrink makes the queue of a listener as short as it gets.
func shrink(t testing.TB, raw syscall.RawConn) {
	t.Helper()
	var failed error
	if err := raw.Control(func(fd uintptr) { failed = syscall.Listen(int(fd), 0) }); err != nil || failed != nil {
		t.Fatalf("shortening the queue: %v %v", err, failed)
	}
}
