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
