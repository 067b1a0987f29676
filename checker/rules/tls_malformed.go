package rules

import (
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

type malformedArgs struct {
	endpoint
	Error string `json:"error,omitempty"`
}

func ruleTLSMalformed() Rule {
	return Rule{
		ID: "tls.malformed", Stage: StageTLS, Rank: 555, Severity: Blocker, Basis: FromSource,
		Predicted: sslError("0A0000F4", "unexpected message"), Reporter: ByGetWebhookInfo,
		Sources: []Source{citeNetwork("SslStream.cpp"), citeRFC(8446, "4")},
		Title: lang.Text{
			EN: `The server's TLS answer is malformed`,
			RU: `Ответ сервера по TLS повреждён`,
		},
		Detail: lang.Text{
			EN: `{{.Addr}} answered with TLS records that no client can follow{{with .Error}}: {{.}}{{end}}. A device that rewrites traffic, or a home-made TLS stack, does this; Telegram's client breaks off with an error of its TLS library.`,
			RU: `{{.Addr}} ответил TLS-записями, которые не разберёт ни один клиент{{with .Error}}: {{.}}{{end}}. Так бывает, когда трафик переписывает промежуточное устройство или TLS реализован самостоятельно; клиент Telegram прервёт соединение с ошибкой своей библиотеки TLS.`,
		},
		Meaning: lang.Text{
			EN: `What comes back looks like TLS and breaks its rules: a wrong message, a wrong length, a value that was not offered. Test the server from the inside, past proxies and filters.`,
			RU: `Ответ похож на TLS, но нарушает его правила: не то сообщение, не та длина, значение, которого не предлагали. Проверьте сервер изнутри, минуя прокси и фильтры.`,
		},
		Example: malformedArgs{endpoint: exampleEndpoint(), Error: "server hello: length 65535"},
		Check: func(f *facts.Facts) *Hit {
			args := malformedArgs{endpoint: endpointOf(f)}
			if f.Ev.TLS != nil {
				args.Error = shown(f.Ev.TLS.Main.Error)
			}
			return tlsHit(f, facts.TLSMalformed, 899, args)
		},
		Remedies: remedy.List(remedy.OtherTLSLog),
	}
}
