package remedy

import "testing"

// noApply and noUndo say why a remedy that changes something has none.
var (
	noApply = map[string]string{
		"telegram.get_webhook_info": "it looks", "telegram.delete_webhook": "one call",
		"java.ciphers": "an option: the program is restarted", "java.dh": "an option: the program is restarted", "java.tls_versions": "an option: the program is restarted",
		"openssl.csr": "a file for the CA", "keytool.csr": "a file for the CA", "openssl.chain_pem": "a file", "openssl.convert": "a file to upload",
		"openssl.strip_key": "a file to upload", "keytool.convert": "a file to upload", "keytool.self_signed": "the program is restarted",
		"other.clock": "it takes effect at once", "other.knock": "it looks", "other.listening": "it looks", "other.look_here": "it looks",
		"other.upstream_down": "it looks", "other.who_owns_port": "it looks",
	}
	noUndo = map[string]string{
		"telegram.get_webhook_info": "it looks", "telegram.clear_certificate": "the call of before", "telegram.upload_made": "the call of before",
		"telegram.upload_nothing": "the call of before",
		"java.ciphers":            "an option of the user's own", "java.dh": "an option of the user's own", "java.tls_versions": "an option of the user's own",
		"other.clock": "the right time", "other.knock": "it looks", "other.listening": "it looks", "other.look_here": "it looks",
		"other.upstream_down": "it looks", "other.who_owns_port": "it looks",
	}
)

// TestApplyAndUndo: what changes a machine says how it takes effect and how it
// is taken back, or stands above with the reason.
func TestApplyAndUndo(t *testing.T) {
	p := Sample()
	p.Upload, p.UploadPEM, p.BundlePEM, p.UploadName = "leaf", testPEM, testPEM+testPEM, "bot.der"
	for _, r := range All(p) {
		if r.Kind == Note {
			continue
		}
		if (r.Apply == "") != (noApply[r.ID] != "") {
			t.Errorf("%s: apply is %q, the reason %q", r.ID, r.Apply, noApply[r.ID])
		}
		if (r.Undo == "") != (noUndo[r.ID] != "") {
			t.Errorf("%s: undo is %q, the reason %q", r.ID, r.Undo, noUndo[r.ID])
		}
	}
}
