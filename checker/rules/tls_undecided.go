package rules

import (
	"hookcheck/checker/evidence"
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

func ruleTLSUndecided() Rule {
	return Rule{
		ID: "tls.undecided", Stage: StageTLS, Rank: 560, Severity: Blocker, Basis: FromSource,
		Vantage: true, Undecided: true, Reporter: ByGetWebhookInfo,
		Sources: []Source{citeNetwork("SslStream.cpp")},
		Title: lang.Text{
			EN: `The TLS handshake could not be tried`,
			RU: `Рукопожатие TLS попробовать не удалось`,
		},
		Detail: lang.Text{
			EN: `{{.Addr}} accepts connections, but the one for Telegram's hello did not come about, or the time of this check ran out first. Try again, with a longer --timeout. A server that limits connections from one address may look like this.`,
			RU: `{{.Addr}} принимает соединения, но то, в котором должно было пройти рукопожатие Telegram, не установилось, либо раньше вышло время проверки. Повторите её с большим --timeout. Так может выглядеть и сервер, который ограничивает число соединений с одного адреса.`,
		},
		Meaning: lang.Text{
			EN: `The port is open, and nothing was learnt about its TLS: the check's own time or the server's limit on connections came first.`,
			RU: `Порт открыт, но о TLS ничего не известно: раньше закончилось время проверки или сработало ограничение сервера на число соединений.`,
		},
		Example: exampleEndpoint(),
		Check: func(f *facts.Facts) *Hit {
			untried := f.Ev.TLS == nil && tcpHit(f, evidence.TCPOpen) != nil && askedToDial(f)
			if f.TLS.Problem != facts.TLSSlow && !untried {
				return nil
			}
			return &Hit{Args: endpointOf(f)}
		},
		Remedies: remedy.List(remedy.OtherTestFromServer),
	}
}
