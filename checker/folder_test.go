package checker

import (
	"bytes"
	"encoding/json"
	"slices"
	"testing"

	"hookcheck/internal/certfolder"
	"hookcheck/internal/lang"
	"hookcheck/render"
)

// TestFolder: every file of the folder gets the right answer, and no byte of a
// key comes out of it.
func TestFolder(t *testing.T) {
	files := certfolder.Files()
	if len(files) < 80 {
		t.Fatalf("only %d files", len(files))
	}
	secrets := certfolder.Secrets()
	names := map[string]bool{}
	for _, f := range files {
		if names[f.Name] {
			t.Errorf("%s is there twice", f.Name)
		}
		names[f.Name] = true
		t.Run(f.Name, func(t *testing.T) {
			data := bytes.Clone(f.Data)
			res, err := offline(t).CheckFiles(t.Context(), FilesRequest{Files: []File{{Name: f.Name, Data: data}}, Password: f.Password})
			if err != nil {
				t.Fatal(err)
			}
			rep, err := res.Report(lang.EN)
			if err != nil {
				t.Fatal(err)
			}
			var ids []string
			for _, x := range rep.Findings {
				ids = append(ids, x.ID)
			}
			slices.Sort(ids)
			if string(rep.Verdict) != f.Verdict || !slices.Equal(ids, f.Findings) {
				t.Errorf("%s %v, want %s %v; read as %+v", rep.Verdict, ids, f.Verdict, f.Findings, res.Evidence.Files.Read)
			}
			if got := len(res.Evidence.Presented); got != f.Certs || res.Evidence.Files.PrivateKeys != f.Keys {
				t.Errorf("%d certificates and %d keys, want %d and %d", got, res.Evidence.Files.PrivateKeys, f.Certs, f.Keys)
			}
			if f.Keys > 0 && !bytes.Equal(data, make([]byte, len(data))) {
				t.Error("the key is still in memory")
			}
			shown := everything(t, res)
			for _, secret := range append(secrets, passwords(f)...) {
				if bytes.Contains(shown, secret) {
					t.Fatalf("%q comes out", secret)
				}
			}
		})
	}
}

func passwords(f certfolder.File) [][]byte {
	if f.Password == "" {
		return nil
	}
	return [][]byte{[]byte(f.Password + `"`), []byte(" " + f.Password + " ")}
}

// everything is all output of a check: evidence, the certificates in it, and
// every form of the report.
func everything(t testing.TB, res *Result) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := json.NewEncoder(&b).Encode(res.Evidence); err != nil {
		t.Fatal(err)
	}
	for _, der := range res.Evidence.Presented {
		b.Write(der)
	}
	for _, l := range lang.All() {
		rep, err := res.Report(l)
		if err != nil {
			t.Fatal(err)
		}
		for _, err := range []error{
			render.JSON(&b, rep), render.Markdown(&b, rep), render.Text(&b, rep, render.Options{Verbose: true, Width: 100}),
		} {
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	return b.Bytes()
}
