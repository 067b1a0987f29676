package rules

import (
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

func ruleTLSClosed() Rule {
	return Rule{
		ID: "tls.closed", Stage: StageTLS, Rank: 540, Severity: Blocker, Basis: FromSource,
		Predicted: "Webhook connection closed", Reporter: ByGetWebhookInfo,
		Sources: []Source{citeServer("WebhookActor.cpp"), citeNetwork("SslStream.cpp")},
		Title: lang.Text{
			EN: `The server closes the connection during the TLS handshake`,
			RU: `Сервер закрывает соединение во время рукопожатия TLS`,
		},
		Detail: lang.Text{
			EN: `{{.Addr}} took the connection and closed it before the handshake was over, without an alert. Typical causes: the service behind a TCP proxy is down; the listener expects the PROXY protocol and gets a TLS hello; the process that serves TLS crashes or has no certificate.`,
			RU: `{{.Addr}} принял соединение и закрыл его до конца рукопожатия, ничего не объяснив. Обычные причины: за TCP-прокси никого нет; порт ждёт протокол PROXY, а получает TLS-приветствие; процесс, который обслуживает TLS, падает или остался без сертификата.`,
		},
		Meaning: lang.Text{
			EN: `The connection ends in silence where the server's part of the handshake is due. The log of the server or of the proxy before it names the reason.`,
			RU: `Соединение молча закрывается в тот момент, когда сервер должен продолжить рукопожатие. Причину называет журнал сервера или прокси перед ним.`,
		},
		Example: exampleEndpoint(),
		Check: func(f *facts.Facts) *Hit {
			return tlsHit(f, facts.TLSClosed, 895, endpointOf(f))
		},
		Remedies: remedy.List(remedy.OtherTLSLog, remedy.NginxProxyProtocol, remedy.ApacheProxyProtocol, remedy.HAProxyProxyProtocol),
	}
}
