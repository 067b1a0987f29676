package rules

import (
	"hookcheck/checker/facts"
	"hookcheck/internal/lang"
)

type certWeakKeyArgs struct {
	Cert         certRef   `json:"certificate"`
	Others       []certRef `json:"others,omitempty"` // weak as well
	Leaf         bool      `json:"leaf"`
	Key          string    `json:"key"` // "RSA 1024"
	SecurityBits int       `json:"security_bits"`
	Wanted       int       `json:"wanted_security_bits"`
}

// minSecurityBits is what OpenSSL's security level 2 asks of keys and
// signatures; Debian 12 sets that level.
const minSecurityBits = 112

func ruleCertWeakKey() Rule {
	return Rule{
		ID: "cert.weak_key", Stage: StageCertificate, Rank: 750,
		Severity: Blocker, Basis: Observed,
		Predicted: VerifyFailed, Reporter: ByGetWebhookInfo,
		Sources: []Source{{Name: "openssl", URL: "https://docs.openssl.org/3.0/man3/SSL_CTX_set_security_level/"}, citeOpenSSL()},
		Title: lang.Text{
			EN: `{{if .Leaf}}The key of the certificate is too weak{{else}}The key of {{quote .Cert.Subject}} is too weak{{end}}: {{.Key}}`,
			RU: `{{if .Leaf}}Ключ сертификата слишком слабый{{else}}Ключ сертификата {{quote .Cert.Subject}} слишком слабый{{end}}: {{.Key}}`,
		},
		Detail: lang.Text{
			EN: `{{which .Cert}} has the key {{.Key}}{{if .SecurityBits}}, which OpenSSL counts as {{.SecurityBits}} bits of security{{end}}; Telegram's client asks for {{.Wanted}} of every key on the path, which RSA reaches with 2048 bits (1963 just suffice) and P-256 by far.{{with .Others}} Too weak as well: {{whiches .}}.{{end}} Make a new key of RSA 2048 or P-256 and have the certificate issued for it.`,
			RU: `У {{which .Cert}} ключ {{.Key}}{{if .SecurityBits}} — OpenSSL считает его стойкость равной {{.SecurityBits}} {{plural .SecurityBits "биту" "битам" "битам"}}{{end}}; клиент Telegram требует {{.Wanted}} от каждого ключа на пути: у RSA это 2048 бит (на пределе 1963), P-256 подходит с запасом.{{with .Others}} Слишком слабые ключи и у {{whiches .}}.{{end}} Создайте новый ключ RSA 2048 или P-256 и выпустите сертификат на него.`,
		},
		Meaning: lang.Text{
			EN: "A public key on the path offers less than 112 bits of security as OpenSSL counts them, such as RSA with 1024 bits. The system that Telegram's client was run on refuses such keys.",
			RU: "Один из открытых ключей на пути даёт меньше 112 бит стойкости по счёту OpenSSL, например RSA 1024. Система, на которой проверялся клиент Telegram, такие ключи не принимает.",
		},
		Example:  certWeakKeyArgs{Cert: exampleLeaf(), Leaf: true, Key: "RSA 1024", SecurityBits: 80, Wanted: minSecurityBits},
		Check:    checkCertWeakKey,
		Remedies: remakeRemedies,
	}
}

func checkCertWeakKey(f *facts.Facts) *Hit {
	ft := f.Chain.Fault(facts.WeakKey)
	if ft == nil {
		return nil
	}
	refs := refsOf(f, facts.WeakKey)
	a := certWeakKeyArgs{Cert: refs[0], Others: refs[1:], Wanted: minSecurityBits}
	if ft.Cert != nil {
		a.Key, a.SecurityBits = keyPhrase(ft.Cert.Key), ft.Cert.Key.SecurityBits
		a.Leaf = f.Leaf != nil && f.Leaf.SHA256 == ft.Cert.SHA256
	}
	return &Hit{Args: a}
}
