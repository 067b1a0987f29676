package web

import (
	"bytes"
	"errors"
	"io"
	"mime/multipart"
	"net/url"
	"testing"

	"hookcheck/checker"
)

// FuzzMultipart holds our reader of forms against mime/multipart: what both
// accept must read the same.
func FuzzMultipart(f *testing.F) {
	f.Add([]byte("--b\r\nContent-Disposition: form-data; name=\"target\"\r\n\r\nbot.example.org\r\n--b\r\n" +
		"Content-Disposition: form-data; name=\"file\"; filename=\"a \\\"b\\\".pem\"\r\nContent-Type: application/x-pem-file\r\n\r\nx\r\n\r\n--\r\n\r\n--b--\r\n"))
	f.Add([]byte("--b  \r\ncontent-disposition: form-data; name=\"a\"\r\n\r\n\r\n--b--"))
	f.Add([]byte("--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n2\r\n--b--"))
	f.Add([]byte("--b--"))
	f.Add([]byte("--b\r\n\r\n\r\n--b\r\n"))
	f.Fuzz(func(t *testing.T, body []byte) {
		got := &posted{values: map[string][]byte{}, files: map[string][]checker.File{}}
		err := got.multipart(bytes.Clone(body), "b")
		values, files, theirs := readWithLibrary(body)
		bare := bytes.Count(body, []byte("\n")) != bytes.Count(body, []byte("\r\n"))
		if err != nil || theirs != nil || bare {
			return // each is strict in its own way, and the library takes line ends without CR
		}
		for name, want := range values {
			if string(got.values[name]) != want {
				t.Errorf("value %q is %q, mime/multipart reads %q", name, got.values[name], want)
			}
		}
		for name, want := range files {
			if len(got.files[name]) == 0 || string(got.files[name][0].Data) != want {
				t.Errorf("file %q is %+v, mime/multipart reads %q", name, got.files[name], want)
			}
		}
	})
}

// readWithLibrary gives the first value and the first file of each name. It
// refuses what a form has no use for and what the library decodes besides.
func readWithLibrary(body []byte) (values, files map[string]string, err error) {
	r := multipart.NewReader(bytes.NewReader(body), "b")
	values, files = map[string]string{}, map[string]string{}
	for {
		part, err := r.NextRawPart()
		if errors.Is(err, io.EOF) {
			return values, files, nil
		}
		if err != nil {
			return nil, nil, err
		}
		data, err := io.ReadAll(part)
		if err != nil {
			return nil, nil, err
		}
		into := values
		if part.FileName() != "" {
			into = files
		}
		if _, known := into[part.FormName()]; !known && part.FormName() != "" {
			into[part.FormName()] = string(data)
		}
	}
}

// FuzzURLEncoded holds our reader against net/url.
func FuzzURLEncoded(f *testing.F) {
	for _, seed := range []string{"target=bot.example.org%3A8443&upload=no", "a=1&a=2", "", "&&=x", "a=%", "a=%zz", "a=%e2%82%ac+b", "a;b=1"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		got := &posted{values: map[string][]byte{}}
		err := got.urlencoded(bytes.Clone(body))
		want, theirs := url.ParseQuery(string(body))
		if theirs != nil && bytes.ContainsRune(body, ';') {
			return // net/url refuses semicolons since they once parted fields
		}
		if (err == nil) != (theirs == nil) {
			t.Fatalf("%v, net/url says %v", err, theirs)
		}
		if err != nil {
			return
		}
		for name, v := range want {
			if string(got.values[name]) != v[0] {
				t.Errorf("%q is %q, net/url reads %q", name, got.values[name], v[0])
			}
		}
	})
}
