package rules

import (
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

type clientCertificateArgs struct {
	endpoint
	Alert  string `json:"alert,omitempty"`
	Status int    `json:"status,omitempty"`
	Reason string `json:"reason,omitempty"`
}

func ruleTLSClientCertificateRequired() Rule {
	return Rule{
		// The client judges the server's certificate before its own is missed.
		ID: "tls.client_certificate_required", Stage: StageTLS, Rank: 894, Severity: Blocker, Basis: FromSource,
		Predicted: sslError("0A00045C", "tlsv13 alert certificate required"), Reporter: ByGetWebhookInfo,
		Sources:  []Source{citeNetwork("SslCtx.cpp"), citeRFC(8446, "4.3.2"), citeRFC(8446, "6.2")},
		Silences: []string{"http.*"},
		Title: lang.Text{
			EN: `The server demands a client certificate, and Telegram has none`,
			RU: `Сервер требует клиентский сертификат, а у Telegram его нет`,
		},
		Detail: lang.Text{
			EN: `{{.Addr}} asked for a client certificate and, given none, {{if .Status}}answered {{.Status}} {{.Reason}}{{else if .Alert}}ended the connection with the alert {{.Alert}}{{else}}closed the connection{{end}}. Telegram never sends one: mutual TLS must be off for the webhook.`,
			RU: `{{.Addr}} запросил клиентский сертификат и, не получив его, {{if .Status}}ответил {{.Status}} {{.Reason}}{{else if .Alert}}завершил соединение оповещением {{.Alert}}{{else}}закрыл соединение{{end}}. Telegram его никогда не отправляет: для вебхука взаимная аутентификация TLS должна быть выключена.`,
		},
		Meaning: lang.Text{
			EN: `Mutual TLS is required on the port (ssl_verify_client on, SSLVerifyClient require, verify required, Cloudflare's authenticated origin pulls). Telegram proves itself by secret_token, not by a certificate. Use another port or name for the webhook, or ask for the certificate on other paths only.`,
			RU: `На порту включена взаимная аутентификация (ssl_verify_client on, SSLVerifyClient require, verify required, Authenticated Origin Pulls в Cloudflare). Telegram подтверждает себя через secret_token, а не сертификатом. Выделите вебхуку другой порт или имя либо требуйте сертификат только на остальных путях.`,
		},
		Example: clientCertificateArgs{endpoint: exampleEndpoint(), Alert: "certificate_required (116)"},
		Check: func(f *facts.Facts) *Hit {
			if f.TLS.Problem != facts.TLSClientCert {
				return nil
			}
			args := clientCertificateArgs{endpoint: endpointOf(f), Alert: f.TLS.AlertName}
			if h := f.Ev.HTTP; h != nil && h.Status != 0 {
				args.Status, args.Reason, args.Alert = h.Status, shown(h.Reason), ""
			}
			return &Hit{Args: args, Predicted: f.TLS.Predicted}
		},
		Remedies: remedy.List(remedy.NginxClientCert, remedy.ApacheClientCert, remedy.HAProxyClientCert, remedy.CaddyClientCert, remedy.OtherClientCert),
	}
}
