package probe

import (
	"context"
	"net"
	"time"
)

// bind makes a connection end with a context until it is released.
func bind(ctx context.Context, conn net.Conn) (release func()) {
	deadline, _ := ctx.Deadline()
	_ = conn.SetDeadline(deadline) // a connection that refuses it fails on the next read
	stop := context.AfterFunc(ctx, func() { _ = conn.SetDeadline(time.Unix(1, 0)) })
	return func() { stop() }
}
