package web_test

import (
	"testing"

	"hookcheck/internal/lab"
	"hookcheck/internal/testpki"
)

// served is a lab server that shows these certificates and gives this answer.
func served(t *testing.T, answer string, key *testpki.Node, presented ...*testpki.Node) string {
	return lab.TLS(t, serverConfig(key, presented...), answer)
}
