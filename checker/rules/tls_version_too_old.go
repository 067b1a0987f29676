package rules

import (
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

type versionTooOldArgs struct {
	endpoint
	Best  string `json:"best,omitempty"`
	Alert string `json:"alert,omitempty"`
}

func ruleTLSVersionTooOld() Rule {
	return Rule{
		ID: "tls.version_too_old", Stage: StageTLS, Rank: 510, Severity: Blocker, Basis: Documented,
		Predicted: sslError("0A00014D", "legacy sigalg disallowed or unsupported"), Reporter: ByGetWebhookInfo,
		Sources: []Source{citeGuide(""), citeNetwork("SslCtx.cpp"), citeRFC(8996, "")},
		Title: lang.Text{
			EN: `The server offers no TLS 1.2 or newer`,
			RU: `Сервер не поддерживает TLS 1.2 и новее`,
		},
		Detail: lang.Text{
			EN: `{{if .Best}}The best version that {{.Addr}} speaks is {{version .Best}}{{else}}{{.Addr}} accepted no version that Telegram offers{{end}}{{with .Alert}}; it answered Telegram's hello with the alert {{.}}{{end}}. Telegram asks for TLS 1.2 at least and cannot finish the handshake. Turn on both 1.2 and 1.3.`,
			RU: `{{if .Best}}Лучшая версия, которую знает {{.Addr}}, — {{version .Best}}{{else}}{{.Addr}} не принял ни одной версии из предложенных Telegram{{end}}{{with .Alert}}; на приветствие Telegram он ответил оповещением {{.}}{{end}}. Telegram требует не ниже TLS 1.2 и завершить рукопожатие не сможет. Включите и 1.2, и 1.3.`,
		},
		Meaning: lang.Text{
			EN: `The server is limited to TLS 1.0 or 1.1 (or SSL 3.0), by age or by a setting such as ssl_protocols. Both are retired, the guide asks for 1.2, and the client's TLS library no longer takes the SHA-1 signatures that they need.`,
			RU: `Сервер ограничен TLS 1.0 или 1.1 (либо SSL 3.0) — из-за возраста или настройки вроде ssl_protocols. Эти версии выведены из употребления, руководство требует 1.2, а библиотека TLS в клиенте больше не принимает нужные им подписи SHA-1.`,
		},
		Example: versionTooOldArgs{endpoint: exampleEndpoint(), Best: "tls1.1"},
		Check: func(f *facts.Facts) *Hit {
			return tlsHit(f, facts.TLSTooOld, 890, versionTooOldArgs{
				endpoint: endpointOf(f), Best: f.TLS.BestVersion, Alert: f.TLS.AlertName,
			})
		},
		Remedies: newerVersions(),
	}
}

func newerVersions() func(*remedy.Params) []remedy.Remedy {
	return remedy.List(remedy.NginxVersions, remedy.ApacheVersions, remedy.HAProxyVersions, remedy.CaddyVersions,
		remedy.JavaVersions, remedy.OpenSSLVersions, remedy.NodeVersions, remedy.PythonVersions)
}
