package rootstore

import (
	"bytes"
	"encoding/pem"
	"os"
	"strings"
	"testing"
)

// bundlePEM is a few embedded roots as a file.
func bundlePEM(t *testing.T, n int) []byte {
	t.Helper()
	var out bytes.Buffer
	for _, der := range embedded(t).DER()[:n] {
		if err := pem.Encode(&out, &pem.Block{Type: "CERTIFICATE", Bytes: der}); err != nil {
			t.Fatal(err)
		}
	}
	return out.Bytes()
}

func TestFromPEM(t *testing.T) {
	file := append(bundlePEM(t, 3), bundlePEM(t, 2)...)
	s, err := FromPEM("roots.pem", file)
	if err != nil {
		t.Fatal(err)
	}
	infos := s.Infos()
	if len(infos) != 1 || infos[0].Name != Given || infos[0].Count != 3 || infos[0].Source != "roots.pem" || infos[0].Title.RU == "" {
		t.Errorf("%+v", infos)
	}
	for _, e := range s.All() {
		if !holds(s.BySubject(e.Subject.Canonical), e.Cert) || !holds(s.List(Given).BySubject(e.Subject.Canonical), e.Cert) {
			t.Errorf("%s is not found", e.Subject.Text)
		}
		if lists := s.ListsOf(e.Cert); len(lists) != 1 || lists[0] != Given || !s.DistrustAfter(e.Cert).IsZero() {
			t.Errorf("%s: lists %v", e.Subject.Text, lists)
		}
	}
	if s.List(Mozilla) != nil {
		t.Error("the given roots replace the embedded lists")
	}
}

func TestFromPEMRefuses(t *testing.T) {
	good := string(bundlePEM(t, 1))
	for name, tc := range map[string]struct{ file, says string }{
		"nothing":     {"", "empty"},
		"binary junk": {"\x00\x01\x02\xff", "binary"},
		"HTML":        {"<html></html>", "HTML"},
		"text":        {"hello", "text"},
		"cut off":     {good[:len(good)/2], "line 1"},
		"damaged":     {good + "\n" + strings.Replace(good, "\nM", "\n!", 1), "BEGIN and END is damaged"},
		"DER":         {string(embedded(t).DER()[0]), "DER"},
		"key":         {"-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----\n", "private key"},
		"too big":     {good + strings.Repeat("#\n", 2<<20), "bytes"},
		"too many":    {strings.Repeat(good, 1001), "more than"},
	} {
		s, err := FromPEM("roots.pem", []byte(tc.file))
		if err == nil {
			t.Errorf("%s: %d roots", name, len(s.All()))
			continue
		}
		msg := err.Error()
		if !strings.Contains(msg, tc.says) || !strings.Contains(msg, "roots.pem") || !strings.Contains(msg, "expected a PEM file") || strings.Contains(msg, "\n") {
			t.Errorf("%s: %s", name, msg)
		}
	}
}

func TestSystem(t *testing.T) {
	found := false
	for _, path := range systemBundles {
		if _, err := os.Stat(path); err == nil {
			found = true
		}
	}
	s, err := System()
	if !found {
		if err == nil {
			t.Error("roots of a system without any")
		}
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	if i := s.Infos(); len(i) != 1 || i[0].Name != OwnSystem || i[0].Count == 0 || i[0].Date == "" {
		t.Errorf("%+v", i)
	}
}
