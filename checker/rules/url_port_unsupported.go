package rules

import (
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

type portUnsupportedArgs struct {
	Port      int   `json:"port"`
	Supported []int `json:"supported"`
}

func ruleURLPortUnsupported() Rule {
	return Rule{
		ID: "url.port_unsupported", Stage: StageURL, Rank: 110, Severity: Blocker, Basis: Documented,
		Predicted: badWebhook + "Webhook can be set up only on ports 80, 88, 443 or 8443", Reporter: BySetWebhook,
		Sources: []Source{citeGuide(""), citeSetWebhook(), citeServer("WebhookActor.cpp")},
		// A bot that speaks HTTP on its own port gets TLS from the same proxy.
		Silences: []string{"tls.plaintext_http", "tls.not_tls"},
		Title: lang.Text{
			EN: `Telegram does not deliver to port {{.Port}}`,
			RU: `На порт {{.Port}} Telegram обновления не доставляет`,
		},
		Detail: lang.Text{
			EN: `The webhook is on port {{.Port}}. setWebhook takes ports 443, 80, 88 and 8443 only, all of them with TLS. The bot may keep its port: a web server on a supported one passes the requests on.`,
			RU: `Вебхук указан на порту {{.Port}}. setWebhook принимает только порты 443, 80, 88 и 8443, и на каждом нужен TLS. Сам бот может остаться на своём порту: запросы ему передаст веб-сервер, который слушает один из допустимых.`,
		},
		Meaning: lang.Text{
			EN: `The port is none of 443, 80, 88 and 8443. Telegram's servers connect to these four only; without a port in the URL it is 443. The call fails before anything is looked up.`,
			RU: `Порт не входит в число 443, 80, 88 и 8443. Серверы Telegram подключаются только к этим четырём; если порт в URL не указан, берётся 443. Вызов завершается ошибкой ещё до разрешения имени.`,
		},
		Example: portUnsupportedArgs{Port: 5000, Supported: supportedPorts()},
		Check: func(f *facts.Facts) *Hit {
			if portSupported(f.Port) {
				return nil
			}
			return &Hit{Args: portUnsupportedArgs{Port: f.Port, Supported: supportedPorts()}}
		},
		Remedies: remedy.List(remedy.NginxProxy, remedy.ApacheProxy, remedy.HAProxyProxy, remedy.CaddyProxy,
			remedy.IPTablesRedirect, remedy.NFTablesRedirect, remedy.TelegramSupportedPort),
	}
}

func supportedPorts() []int { return []int{443, 80, 88, 8443} }

func portSupported(port int) bool {
	for _, p := range supportedPorts() {
		if p == port {
			return true
		}
	}
	return false
}
