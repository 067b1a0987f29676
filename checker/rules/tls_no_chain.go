package rules

import (
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

type sessionArgs struct {
	endpoint
	Version string `json:"version,omitempty"`
	Cipher  string `json:"cipher,omitempty"`
	Group   string `json:"group,omitempty"`
}

func ruleTLSNoChain() Rule {
	return Rule{
		ID: "tls.no_chain", Stage: StageTLS, Rank: 565, Severity: Blocker, Basis: Observed,
		Undecided: true, Reporter: ByGetWebhookInfo,
		Sources: []Source{citeNetwork("SslStream.cpp"), citeRFC(8446, "4.4.2")},
		Title: lang.Text{
			EN: `The certificates could not be read from the handshake`,
			RU: `Прочитать сертификаты из рукопожатия не удалось`,
		},
		Detail: lang.Text{
			EN: `{{.Addr}} agreed on {{with .Version}}{{version .}}{{else}}a TLS version{{end}}{{with .Cipher}} with {{.}}{{end}}{{with .Group}} over {{.}}{{end}}, which Telegram's client can do. The libraries of this checker cannot finish it, so the certificates, encrypted from here on, were not seen. Offer a common group such as X25519 or P-256 to have them judged.`,
			RU: `{{.Addr}} согласился на {{with .Version}}{{version .}}{{else}}версию TLS{{end}}{{with .Cipher}} с {{.}}{{end}}{{with .Group}} и группой {{.}}{{end}}; клиент Telegram с этим справится. Библиотеки этой программы завершить такое рукопожатие не могут, а сертификаты дальше зашифрованы, поэтому увидеть их не удалось. Чтобы их можно было проверить, включите на сервере распространённую группу — X25519 или P-256.`,
		},
		Meaning: lang.Text{
			EN: `The handshake suits Telegram and is beyond the libraries used here, in a version of TLS that encrypts the certificates. Nothing is known to be wrong; nothing is known of the certificates either.`,
			RU: `Рукопожатие подходит Telegram, но используемые здесь библиотеки его не умеют, а в этой версии TLS сертификаты зашифрованы. Ошибок не найдено, но и о сертификатах ничего не известно.`,
		},
		Example: sessionArgs{endpoint: exampleEndpoint(), Version: "tls1.3", Cipher: "TLS_AES_256_GCM_SHA384", Group: "X448"},
		Check: func(f *facts.Facts) *Hit {
			if !f.TLS.NoChain || f.TLS.Problem != facts.TLSFine {
				return nil
			}
			return &Hit{Args: sessionOf(f)}
		},
		Remedies: remedy.List(remedy.NginxCiphers, remedy.ApacheCiphers, remedy.HAProxyCiphers, remedy.CaddyCiphers),
	}
}

func sessionOf(f *facts.Facts) sessionArgs {
	args := sessionArgs{endpoint: endpointOf(f)}
	if t := f.Ev.TLS; t != nil {
		args.Version, args.Cipher, args.Group = t.Main.Version, t.Main.Cipher, t.Main.Group
	}
	return args
}
