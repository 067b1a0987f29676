package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestBigUpload: setWebhook refuses a big file, and the report says so in its
// words: a file that can be opened is no wrong usage.
func TestBigUpload(t *testing.T) {
	name := filepath.Join(t.TempDir(), "big.pem")
	if err := os.WriteFile(name, []byte("-----BEGIN CERTIFICATE-----\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	const size = 50_000_000
	if err := os.Truncate(name, size); err != nil {
		t.Fatal(err)
	}
	var out, errs bytes.Buffer
	code := run(context.Background(), []string{"pem", "--lang", "en", "--offline", "--certificate", name, name}, strings.NewReader(""), &out, &errs, func(string) string { return "" })
	if want := "Bad Request: certificate size is too big (50000000 bytes)"; code != exitFails || !strings.Contains(out.String(), want) {
		t.Errorf("exit %d\n%s%s", code, out.String(), errs.String())
	}
}
