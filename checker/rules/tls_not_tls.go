package rules

import (
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

func ruleTLSNotTLS() Rule {
	return Rule{
		ID: "tls.not_tls", Stage: StageTLS, Rank: 505, Severity: Blocker, Basis: FromSource,
		Predicted: wrongVersionNumber(), Reporter: ByGetWebhookInfo,
		Sources: []Source{citeGuide(""), citeNetwork("SslStream.cpp"), citeRFC(8446, "5.1")},
		Title: lang.Text{
			EN: `Port {{.DialPort}} does not speak TLS{{with .Service}} but {{.}}{{end}}`,
			RU: `На порту {{.DialPort}} не TLS{{with .Service}}, а {{.}}{{end}}`,
		},
		Detail: lang.Text{
			EN: `The answer of {{.Addr}} to the TLS hello is no TLS record{{with .FirstBytes}}; it begins with {{literal .}}{{end}}. Another service owns the port, or a proxy puts bytes of its own before TLS. Telegram closes such a connection at once.`,
			RU: `Ответ {{.Addr}} на TLS-приветствие — не TLS-запись{{with .FirstBytes}}; он начинается с {{literal .}}{{end}}. Порт занят другой службой, либо прокси добавляет свои байты перед TLS. Telegram сразу закроет такое соединение.`,
		},
		Meaning: lang.Text{
			EN: `Something listens on the port and it is neither TLS nor HTTP: SSH, a mail server, a database, a game. Find out which program owns the port, or give the webhook another one.`,
			RU: `На порту что-то отвечает, но это не TLS и не HTTP: SSH, почтовый сервер, база данных, игра. Выясните, какая программа занимает порт, или выберите для вебхука другой.`,
		},
		Example: firstBytesArgs{endpoint: exampleEndpoint(), FirstBytes: "SSH-2.0-OpenSSH_9.2", Service: "SSH"},
		Check: func(f *facts.Facts) *Hit {
			return tlsHit(f, facts.TLSNotTLS, 0, firstBytesOf(f))
		},
		Remedies: remedy.List(remedy.OtherWhoOwnsPort),
	}
}
