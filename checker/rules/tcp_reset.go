package rules

import (
	"hookcheck/checker/evidence"
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

type resetArgs struct {
	endpoint
	During string `json:"during"` // connect, handshake
}

func ruleTCPReset() Rule {
	return Rule{
		ID: "tcp.reset", Stage: StageTCP, Rank: 440, Severity: Blocker, Basis: FromSource, Vantage: true,
		Predicted: "Connection reset by peer", Reporter: ByGetWebhookInfo,
		Sources: []Source{citeServer("WebhookActor.cpp"), citeRFC(9293, "3.5.2")},
		Title: lang.Text{
			EN: `{{.Addr}} resets the connection{{if eq .During "handshake"}} during the TLS handshake{{end}}`,
			RU: `{{.Addr}} сбрасывает соединение{{if eq .During "handshake"}} во время рукопожатия TLS{{end}}`,
		},
		Detail: lang.Text{
			EN: `{{if eq .During "handshake"}}The connection came about and was reset (RST) before the TLS handshake was over{{else}}The connection was reset (RST) as it was made{{end}}. A web application firewall, fail2ban or DDoS protection does this, also a proxy whose service behind it is gone. A block of foreign addresses may meet us and not Telegram.`,
			RU: `{{if eq .During "handshake"}}Соединение установилось и было сброшено (RST) до конца рукопожатия TLS{{else}}Соединение было сброшено (RST) при установке{{end}}. Так поступают WAF, fail2ban и защита от DDoS, а также прокси, за которым никого нет. Если заблокированы иностранные адреса, это могло коснуться нас, но не Telegram.`,
		},
		Meaning: lang.Text{
			EN: `The other side, or a device between, cuts the connection with a TCP reset instead of talking. It is worth looking at what stands before the web server and at its list of banned addresses.`,
			RU: `Сервер или устройство перед ним обрывает соединение сбросом TCP вместо ответа. Стоит проверить, что стоит перед веб-сервером и кого оно заблокировало.`,
		},
		Example: resetArgs{endpoint: exampleEndpoint(), During: "handshake"},
		Check: func(f *facts.Facts) *Hit {
			args := resetArgs{endpoint: endpointOf(f), During: "connect"}
			if f.TLS.Problem == facts.TLSReset {
				args.During = "handshake"
				return &Hit{Args: args, Predicted: f.TLS.Predicted, Rank: afterTrust(f, 898)}
			}
			if tcpHit(f, evidence.TCPReset) != nil {
				return &Hit{Args: args}
			}
			return nil
		},
		Remedies: remedy.List(remedy.OtherReset, remedy.OtherFail2ban, remedy.NginxProxyProtocol, remedy.HAProxyProxyProtocol, remedy.ApacheProxyProtocol),
	}
}
