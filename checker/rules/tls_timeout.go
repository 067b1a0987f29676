package rules

import (
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

func ruleTLSTimeout() Rule {
	return Rule{
		ID: "tls.timeout", Stage: StageTLS, Rank: 545, Severity: Blocker, Basis: FromSource,
		Predicted: "Read timeout expired", Reporter: ByGetWebhookInfo,
		Sources: []Source{citeServer("WebhookActor.cpp"), citeNetwork("HttpConnectionBase.cpp")},
		Title: lang.Text{
			EN: `The server accepts the connection and then says nothing`,
			RU: `Сервер принимает соединение и молчит`,
		},
		Detail: lang.Text{
			EN: `{{.Addr}} accepted the connection, and no answer to the TLS hello came in the time of this check. Telegram gives up after 60 seconds without a byte. The system accepts connections even for a process that hangs; a listener that waits for the PROXY protocol is silent too.`,
			RU: `{{.Addr}} принял соединение, но за время проверки на TLS-приветствие не ответил. Telegram сдаётся через 60 секунд без единого байта. Система принимает соединения и за зависший процесс; так же молчит порт, который ждёт протокол PROXY.`,
		},
		Meaning: lang.Text{
			EN: `The port is open and the program behind it does not take part in TLS: it hangs, its connections are used up, or it waits for something else first.`,
			RU: `Порт открыт, но программа за ним в TLS не участвует: зависла, исчерпала соединения или сначала ждёт чего-то другого.`,
		},
		Example: exampleEndpoint(),
		Check: func(f *facts.Facts) *Hit {
			return tlsHit(f, facts.TLSTimeout, 896, endpointOf(f))
		},
		Remedies: remedy.List(remedy.OtherHungProcess, remedy.NginxProxyProtocol, remedy.ApacheProxyProtocol, remedy.HAProxyProxyProtocol),
	}
}
