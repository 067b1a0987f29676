package rules

import (
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

type firstBytesArgs struct {
	endpoint
	FirstBytes string `json:"first_bytes"`
	Service    string `json:"service,omitempty"`
}

func ruleTLSPlaintextHTTP() Rule {
	return Rule{
		ID: "tls.plaintext_http", Stage: StageTLS, Rank: 500, Severity: Blocker, Basis: Documented,
		Predicted: wrongVersionNumber(), Reporter: ByGetWebhookInfo,
		Sources: []Source{citeGuide(""), citeNetwork("SslStream.cpp")},
		Title: lang.Text{
			EN: `Port {{.DialPort}} speaks plain HTTP, without TLS`,
			RU: `На порту {{.DialPort}} обычный HTTP, без TLS`,
		},
		Detail: lang.Text{
			EN: `The TLS hello to {{.Addr}} was answered with HTTP{{with .FirstBytes}} ({{literal .}}){{end}}. Telegram speaks TLS on every port, 80 and 8443 included; https in the URL does not switch it on at the server.`,
			RU: `На TLS-приветствие {{.Addr}} ответил по HTTP{{with .FirstBytes}} ({{literal .}}){{end}}. Telegram использует TLS на любом порту, включая 80 и 8443; от https в URL сервер сам шифровать не начнёт.`,
		},
		Meaning: lang.Text{
			EN: `A web server listens on the port, but TLS is not enabled there: "ssl" is missing in nginx's listen, SSLEngine in Apache, or the bot's framework was started without a certificate.`,
			RU: `Порт слушает веб-сервер, но TLS на нём не включён: в nginx забыли ssl в директиве listen, в Apache — SSLEngine, либо фреймворк бота запущен без сертификата.`,
		},
		Example: firstBytesArgs{endpoint: exampleEndpoint(), FirstBytes: "HTTP/1.1 400 Bad Request", Service: "HTTP"},
		Check: func(f *facts.Facts) *Hit {
			return tlsHit(f, facts.TLSPlainHTTP, 0, firstBytesOf(f))
		},
		Remedies: remedy.List(remedy.NginxListenSSL, remedy.ApacheSSLEngine, remedy.HAProxyBindSSL, remedy.CaddySite, remedy.NodeTLS, remedy.PythonTLS, remedy.JavaTLS),
	}
}

func firstBytesOf(f *facts.Facts) firstBytesArgs {
	return firstBytesArgs{endpoint: endpointOf(f), FirstBytes: shown(f.TLS.FirstBytes), Service: f.TLS.Service}
}

func wrongVersionNumber() string { return sslError("0A00010B", "wrong version number") }
