package rules

import (
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

type dhTooSmallArgs struct {
	endpoint
	Bits   int    `json:"bits"`
	Cipher string `json:"cipher,omitempty"`
}

func ruleTLSDHTooSmall() Rule {
	return Rule{
		// The parameters come after the certificate (RFC 5246, 7.3).
		ID: "tls.dh_too_small", Stage: StageTLS, Rank: 893, Severity: Blocker, Basis: Observed,
		Predicted: sslError("0A00018A", "dh key too small"), Reporter: ByGetWebhookInfo,
		Sources: []Source{citeNetwork("SslCtx.cpp"), citeRFC(9325, "4.4")},
		Title: lang.Text{
			EN: `The server's Diffie-Hellman parameters have {{.Bits}} bits, Telegram's client asks for 2048`,
			RU: `Параметры Диффи — Хеллмана на сервере — {{.Bits}} {{plural .Bits "бит" "бита" "бит"}}, клиенту Telegram нужно 2048`,
		},
		Detail: lang.Text{
			EN: `{{.Addr}} chose {{or .Cipher "a DHE suite"}} with a {{.Bits}}-bit group. OpenSSL's security level 2 wants 112 bits of security, which is 2048 bits of a finite-field group. Prefer ECDHE, which needs no parameters; or make new ones.`,
			RU: `{{.Addr}} выбрал {{or .Cipher "набор с DHE"}} с группой в {{.Bits}} {{plural .Bits "бит" "бита" "бит"}}. Уровень безопасности 2 в OpenSSL требует стойкости 112 бит, то есть группу не меньше 2048 бит. Лучше перейти на ECDHE, которому параметры не нужны, или создать новые.`,
		},
		Meaning: lang.Text{
			EN: `The server prefers a DHE suite and has an old, short dhparam file or a built-in 1024-bit group. The client refuses it after it has seen the certificate.`,
			RU: `Сервер предпочитает DHE и использует старый короткий файл dhparam или встроенную группу в 1024 бита. Клиент отклоняет её уже после проверки сертификата.`,
		},
		Example: dhTooSmallArgs{endpoint: exampleEndpoint(), Bits: 1024, Cipher: "DHE-RSA-AES128-GCM-SHA256"},
		Check: func(f *facts.Facts) *Hit {
			args := dhTooSmallArgs{endpoint: endpointOf(f), Bits: f.TLS.DHBits}
			if f.Ev.TLS != nil {
				args.Cipher = f.Ev.TLS.Main.Cipher
			}
			return tlsHit(f, facts.TLSWeakDH, 893, args)
		},
		Remedies: remedy.List(remedy.NginxDH, remedy.ApacheDH, remedy.HAProxyDH, remedy.JavaDH),
	}
}
