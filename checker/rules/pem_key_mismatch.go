package rules

import (
	"cmp"
	"strconv"
	"strings"

	"hookcheck/checker/cert"
	"hookcheck/checker/evidence"
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

type pemKeyArgs struct {
	Key       string `json:"key"` // file
	Algorithm string `json:"algorithm"`
	Position  int    `json:"position"` // of the certificate that it belongs to, from 0; -1 for none
	Subject   string `json:"subject"`  // of the server's certificate
	CertKey   string `json:"certificate_key"`
}

func rulePemKeyMismatch() Rule {
	return Rule{
		ID: "pem.key_mismatch", Stage: StageCertificate, Rank: 797,
		Severity: Blocker, Basis: Observed, Reporter: BySetWebhook,
		Sources: []Source{citeSelfSigned(), citeRFC(8446, "4.4.3")},
		Title: lang.Text{
			EN: `The private key does not belong to the server's certificate`,
			RU: `Закрытый ключ не подходит к сертификату сервера`,
		},
		Detail: lang.Text{
			EN: `The key in {{.Key}} is {{.Algorithm}}; the certificate {{quote .Subject}} has another public key ({{.CertKey}}). {{if ge .Position 0}}It belongs to the certificate {{nth .Position}} as given, so the order is wrong or the wrong certificate comes first.{{else}}It belongs to none of the certificates that were given: after a renewal the old key is often left in place.{{end}} A server refuses to start with such a pair (nginx and OpenSSL say "key values mismatch"). The key was read on this machine, compared, and dropped.`,
			RU: `Ключ в {{.Key}} — {{.Algorithm}}; у сертификата {{quote .Subject}} другой открытый ключ ({{.CertKey}}). {{if ge .Position 0}}Ключ подходит к сертификату {{nth .Position}} из переданных: перепутан порядок, или первым стоит не тот сертификат.{{else}}Он не подходит ни к одному из переданных сертификатов: часто после перевыпуска на месте остаётся старый ключ.{{end}} С такой парой сервер не запускается (nginx и OpenSSL пишут «key values mismatch»). Ключ прочитан на этой машине, сравнён и отброшен.`,
		},
		Meaning: lang.Text{
			EN: "The local key given with --key and the server's certificate have different public keys.",
			RU: "У локального ключа из --key и у сертификата сервера разные открытые ключи.",
		},
		Example:  pemKeyArgs{Key: "bot.key", Algorithm: "RSA 2048", Position: -1, Subject: "CN = bot.example.org", CertKey: "EC P-256"},
		Check:    checkPemKeyMismatch,
		Remedies: remedy.List(remedy.OpenSSLKeyMatch, remedy.CertbotReissue, remedy.OpenSSLSelfSigned),
	}
}

func checkPemKeyMismatch(f *facts.Facts) *Hit {
	if k := f.Files.Key; k == nil || k.Outcome != evidence.KeyRead || f.Files.KeyFits || f.Leaf == nil {
		return nil
	}
	return &Hit{Args: pemKey(f)}
}

func pemKey(f *facts.Facts) pemKeyArgs {
	k := f.Files.Key
	a := pemKeyArgs{Key: shown(k.Name), Algorithm: k.Algorithm, Position: k.Position}
	if f.Leaf != nil {
		a.Subject, a.CertKey = shown(f.Leaf.Subject.Text), shown(strings.TrimSpace(f.Leaf.Key.Algorithm+" "+keySize(f.Leaf.Key)))
	}
	return a
}

// keySize tells keys of one algorithm apart.
func keySize(k cert.Key) string {
	if k.Bits == 0 || k.Algorithm == "Ed25519" {
		return k.Curve
	}
	return cmp.Or(k.Curve, strconv.Itoa(k.Bits))
}
