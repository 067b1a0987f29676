package rules

import (
	"hookcheck/checker/facts"
	"hookcheck/internal/lang"
)

type certWeakSignatureArgs struct {
	Cert      certRef   `json:"certificate"`
	Others    []certRef `json:"others,omitempty"` // weak as well
	Leaf      bool      `json:"leaf"`
	Algorithm string    `json:"algorithm"`
}

func ruleCertWeakSignature() Rule {
	return Rule{
		ID: "cert.weak_signature", Stage: StageCertificate, Rank: 755,
		Severity: Blocker, Basis: Observed,
		Predicted: VerifyFailed, Reporter: ByGetWebhookInfo,
		Sources: []Source{{Name: "openssl", URL: "https://docs.openssl.org/3.0/man3/SSL_CTX_set_security_level/"}, citeRFC(9155, "")},
		Title: lang.Text{
			EN: `{{if .Leaf}}The certificate is signed{{else}}{{quote .Cert.Subject}} is signed{{end}} with {{.Algorithm}}, which is too weak`,
			RU: `{{if .Leaf}}Сертификат подписан{{else}}{{quote .Cert.Subject}} подписан{{end}} слишком слабым алгоритмом {{.Algorithm}}`,
		},
		Detail: lang.Text{
			EN: `{{which .Cert}} bears a signature of {{quote .Cert.Issuer}} made with {{.Algorithm}}.{{with .Others}} Too weak as well: {{whiches .}}.{{end}} Telegram's client accepts neither SHA-1 nor MD5 in any certificate below the trusted one; only the signature of the trusted certificate on itself does not count. Have it issued anew with SHA-256.`,
			RU: `{{which .Cert}} подписан издателем {{quote .Cert.Issuer}} алгоритмом {{.Algorithm}}.{{with .Others}} Слишком слабая подпись и у {{whiches .}}.{{end}} Клиент Telegram не принимает ни SHA-1, ни MD5 ни в одном сертификате ниже доверенного; не важна только подпись доверенного сертификата под самим собой. Выпустите сертификат заново с SHA-256.`,
		},
		Meaning: lang.Text{
			EN: "A certificate below the trust anchor is signed over a digest that OpenSSL counts as too weak, SHA-1 or MD5. Old private CAs and old defaults of tools are the usual source.",
			RU: "Сертификат ниже доверенного подписан с хешем, который OpenSSL считает слишком слабым: SHA-1 или MD5. Обычно виноваты старые собственные УЦ и старые настройки программ по умолчанию.",
		},
		Example:  certWeakSignatureArgs{Cert: exampleLeaf(), Leaf: true, Algorithm: "SHA1-RSA"},
		Check:    checkCertWeakSignature,
		Remedies: remakeRemedies,
	}
}

func checkCertWeakSignature(f *facts.Facts) *Hit {
	ft := f.Chain.Fault(facts.WeakSignature)
	if ft == nil {
		return nil
	}
	refs := refsOf(f, facts.WeakSignature)
	a := certWeakSignatureArgs{Cert: refs[0], Others: refs[1:]}
	if ft.Cert != nil {
		a.Algorithm = shown(ft.Cert.Signature.Name)
		a.Leaf = f.Leaf != nil && f.Leaf.SHA256 == ft.Cert.SHA256
	}
	return &Hit{Args: a}
}
