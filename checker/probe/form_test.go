package probe

import (
	"strings"
	"testing"
)

const (
	formMedia = "multipart/form-data; boundary=xx"
	formPart  = "--xx\r\nContent-Disposition: form-data; name=a\r\n\r\nv\r\n"
	filePart  = "--xx\r\nContent-Disposition: form-data; name=a; filename=b\r\n\r\nv\r\n"
)

// formCases were put before Telegram's published client too.
var formCases = []struct{ media, body, want string }{
	{formMedia, formPart + "--xx--", ""},
	{formMedia, formPart + filePart + "--xx--\r\nepilogue", ""},
	{`multipart/form-data; boundary="xx"; a=b`, formPart + "--xx--", ""},
	{"multipart/form-data", "abc", "Bad Request: boundary not found"},
	{"multipart/form-data; boundary", "abc", "Bad Request: boundary value not found"},
	{"multipart/form-data; boundary=", "abc", "Bad Request: boundary too big or empty"},
	{"multipart/form-data; boundary=" + strings.Repeat("x", 71), "abc", "Bad Request: boundary too big or empty"},
	{formMedia, "abc", "Bad Request: unexpected end of request content"},
	{formMedia, formPart + "--xx-", "Bad Request: unexpected end of request content"},
	{formMedia, "--xx\r\n\r\nv\r\n--xx--", "Bad Request: headers in multipart/form-data are empty"},
	{formMedia, "--xx\r\nX: y\r\n\r\nv\r\n--xx--", "Bad Request: field name in multipart/form-data not found"},
	{formMedia, "--xx\r\nContent-Disposition form-data\r\n\r\nv\r\n--xx--", "Bad Request: can't parse form data headers"},
	{formMedia, "--xx\r\nContent-Disposition: attachment; name=a\r\n\r\nv\r\n--xx--", "Bad Request: expected form-data content disposition"},
	{formMedia, "--xx\r\nContent-Disposition: form-data; name=\"a\r\n\r\nv\r\n--xx--", "Bad Request: unclosed quoted string in Content-Disposition header"},
	{formMedia, "--xx\r\nContent-Disposition: form-data; name=\"a\\\r\n\r\nv\r\n--xx--", "Bad Request: wrong escape sequence in Content-Disposition header"},
	{formMedia, "--xx\r\nContent-Disposition: form-data; name=\"a\" x=1\r\n\r\nv\r\n--xx--", "Bad Request: expected ';' in Content-Disposition header"},
	{formMedia, strings.Replace(formPart, "\r\nv\r\n", "\r\n"+strings.Repeat("v", 1<<20+1)+"\r\n", 1) + "--xx--", "Request Entity Too Large: too many parameters in form data"},
	{formMedia, "--xx\r\nX: " + strings.Repeat("a", 1<<18) + "\r\n\r\n", "Request Header Fields Too Large: total headers size exceeded"},
	{formMedia, strings.Repeat(filePart, 51) + "--xx--", "Request Entity Too Large: too many files attached"},
	{formMedia, strings.Repeat(filePart, 50) + "--xx--", ""},
}

func TestForm(t *testing.T) {
	for _, c := range formCases {
		in := with("Content-Type: "+c.media, c.body)
		a, _, _ := read(in, len(in))
		got := ""
		if a.err != nil {
			got = a.err.text
		}
		if got != c.want {
			t.Errorf("%.120q\n got %q\nwant %q", c.body, got, c.want)
		}
	}
}
