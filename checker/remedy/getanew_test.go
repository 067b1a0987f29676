package remedy

import (
	"strings"
	"testing"
)

// A file alone need not tell whose certificate it is: nothing may then be
// made, or asked for, in the name of "localhost".
func TestWithoutAHostNothingIsMadeForLocalhost(t *testing.T) {
	p := &Params{Port: 443, DamagedName: "-odd name.der"}
	if r := OpenSSLNewKey(p); r.ID != "" {
		t.Errorf("a key is made for no host: %s", r.Body.EN)
	}
	for _, r := range []Remedy{OtherGetAnew(p), OtherAskCA(p)} {
		if all := r.Body.EN + r.Body.RU; strings.Contains(all, "localhost") {
			t.Errorf("%s speaks of localhost: %s", r.ID, all)
		}
	}
	if body := OtherGetAnew(p).Body.EN; !strings.Contains(body, "sha256sum './-odd name.der'") {
		t.Errorf("the name of the file is not quoted: %s", body)
	}
}

func TestDamagedUploadIsNotConverted(t *testing.T) {
	for _, form := range []string{"pem-damaged", "der-certificate", "pkcs7", ""} {
		p := &Params{Host: "bot.example.org", Port: 443, UploadForm: form, UploadName: "bot.cer", DamagedName: "bot.cer", UploadDamaged: true}
		for _, c := range []Constructor{OpenSSLConvert, KeytoolConvert, WindowsConvert} {
			if r := c(p); r.ID != "" {
				t.Errorf("%s of a damaged file in %q", r.ID, form)
			}
		}
		if r := OtherGetAnew(p); !strings.Contains(r.Body.EN, "bot.cer") {
			t.Errorf("the damaged file in %q is not fetched anew: %+v", form, r)
		}
		p.UploadDamaged, p.DamagedName = false, ""
		if r := OtherGetAnew(p); r.ID != "" {
			t.Errorf("a sound file in %q is to be fetched anew", form)
		}
	}
}

// certutil encodes what is binary; of a request, a key or a text it makes
// something that looks like a certificate and is none.
func TestWindowsConvertsWhatItCan(t *testing.T) {
	for form, want := range map[string]bool{"der-certificate": true, "pkcs12": true, "csr": false, "private-key": false, "utf16": false, "jks": false} {
		if got := WindowsConvert(&Params{UploadForm: form}).ID != ""; got != want {
			t.Errorf("%s: offered %v, want %v", form, got, want)
		}
	}
}
