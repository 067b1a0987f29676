package rules

import (
	"slices"

	"hookcheck/checker/evidence"
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

func ruleTCPRefused() Rule {
	return Rule{
		ID: "tcp.refused", Stage: StageTCP, Rank: 410, Severity: Blocker, Basis: FromSource, Vantage: true,
		Predicted: "Connection refused", Reporter: ByGetWebhookInfo,
		Sources: []Source{citeGuide(""), citeServer("WebhookActor.cpp"), citeRFC(9293, "3.5.2")},
		Title: lang.Text{
			EN: `{{.Addr}} refuses the connection`,
			RU: `{{.Addr}} отклоняет соединение`,
		},
		Detail: lang.Text{
			EN: `The answer to the connection was a refusal (a reset, or "port unreachable"): either nothing listens on port {{.DialPort}} of {{.IP}}, or it listens on 127.0.0.1 alone, or a firewall rule rejects the connection. Telegram gets the same answer, unless a rule lets its addresses {{list telegram}} in and nobody else.`,
			RU: `В ответ на подключение пришёл отказ (сброс или «port unreachable»): либо порт {{.DialPort}} на {{.IP}} никто не слушает, либо программа слушает только 127.0.0.1, либо соединение отклоняет правило межсетевого экрана. Telegram получит то же самое, если только правила не пропускают его адреса {{list telegram}}, закрывая порт для всех остальных.`,
		},
		Meaning: lang.Text{
			EN: `Nothing accepts connections on the port. The server is up, since it answered; the web server is not running, has another port, is bound to the loopback address, or its container port is not published.`,
			RU: `На этом порту никто не принимает соединения. Сама машина работает, раз она ответила; веб-сервер не запущен, слушает другой порт или только loopback, либо порт контейнера не проброшен.`,
		},
		Example:  exampleEndpoint(),
		Check:    func(f *facts.Facts) *Hit { return tcpHit(f, evidence.TCPRefused) },
		Remedies: remedy.List(slices.Concat([]remedy.Constructor{remedy.OtherListening, remedy.OtherBindAll, remedy.NginxListenPublic, remedy.ApacheListenPublic, remedy.HAProxyListenPublic, remedy.CaddyListenPublic}, openPort(), []remedy.Constructor{remedy.OtherDockerPorts}, narrowPort())...),
	}
}
