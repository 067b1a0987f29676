package rules

import (
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

type alertArgs struct {
	endpoint
	Alert string `json:"alert,omitempty"`
}

func ruleTLSAlert() Rule {
	return Rule{
		ID: "tls.alert", Stage: StageTLS, Rank: 550, Severity: Blocker, Basis: FromSource,
		Predicted: sslError("0A000417", "sslv3 alert illegal parameter"), Reporter: ByGetWebhookInfo,
		Sources: []Source{citeNetwork("SslStream.cpp"), citeRFC(8446, "6.2")},
		Title: lang.Text{
			EN: `The server breaks off the TLS handshake{{with .Alert}}: {{.}}{{end}}`,
			RU: `Сервер прерывает рукопожатие TLS{{with .Alert}}: {{.}}{{end}}`,
		},
		Detail: lang.Text{
			EN: `{{.Addr}} breaks off the handshake of Telegram's client with the fatal alert {{or .Alert "(unnamed)"}}. That client behaves like any OpenSSL 3, so the cause is on the server's side: its TLS log tells which part it did not like.`,
			RU: `{{.Addr}} прерывает рукопожатие с клиентом Telegram фатальным оповещением {{or .Alert "(без названия)"}}. Этот клиент ведёт себя как обычный OpenSSL 3, поэтому причина на стороне сервера: что именно его не устроило, видно в его журнале TLS.`,
		},
		Meaning: lang.Text{
			EN: `The server ended the handshake with a fatal alert that points neither to versions nor to ciphers, names or client certificates. Its own log has the reason.`,
			RU: `Сервер завершил рукопожатие фатальным оповещением, которое не указывает ни на версии, ни на шифры, имена или клиентские сертификаты. Причина записана в его журнале.`,
		},
		Example: alertArgs{endpoint: exampleEndpoint(), Alert: "illegal_parameter (47)"},
		Check: func(f *facts.Facts) *Hit {
			return tlsHit(f, facts.TLSOtherAlert, 897, alertOf(f))
		},
		Remedies: remedy.List(remedy.OtherTLSLog),
	}
}

func alertOf(f *facts.Facts) alertArgs {
	return alertArgs{endpoint: endpointOf(f), Alert: f.TLS.AlertName}
}
