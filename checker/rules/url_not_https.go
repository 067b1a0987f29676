package rules

import (
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

type notHTTPSArgs struct {
	URL    string `json:"url"`
	Scheme string `json:"scheme"`
}

func ruleURLNotHTTPS() Rule {
	return Rule{
		ID: "url.not_https", Stage: StageURL, Rank: 100, Severity: Blocker, Basis: Documented,
		Predicted: badWebhook + "An HTTPS URL must be provided for webhook", Reporter: BySetWebhook,
		Sources: []Source{citeGuide(""), citeSetWebhook(), citeServer("WebhookActor.cpp")},
		// What speaks plain HTTP behind an http URL is the same fault.
		Silences: []string{"tls.plaintext_http", "tls.not_tls", "tls.closed"},
		Title: lang.Text{
			EN: `The webhook URL begins with {{.Scheme}}://, Telegram takes https:// alone`,
			RU: `URL вебхука начинается с {{.Scheme}}://, а Telegram принимает только https://`,
		},
		Detail: lang.Text{
			EN: `The URL given is {{.URL}}. setWebhook refuses it at once, before it looks at the server: updates travel over TLS only, on every supported port, 80 included.`,
			RU: `Указан URL {{.URL}}. setWebhook откажет сразу, даже не обратившись к серверу: обновления доставляются только по TLS, на любом из допустимых портов, включая 80.`,
		},
		Meaning: lang.Text{
			EN: `The scheme of the URL is not https. The public Bot API server delivers updates over TLS alone; a bot that itself speaks plain HTTP needs a web server in front of it that does the TLS. A scheme other than http and https is not even recognised as a URL.`,
			RU: `Схема в URL — не https. Публичный сервер Bot API доставляет обновления только по TLS; если сам бот умеет лишь HTTP, перед ним ставят веб-сервер, который берёт TLS на себя. Схему, отличную от http и https, Telegram вообще не считает адресом.`,
		},
		Example: notHTTPSArgs{URL: "http://bot.example.org/webhook", Scheme: "http"},
		Check: func(f *facts.Facts) *Hit {
			if !notHTTPS(f) {
				return nil
			}
			hit := &Hit{Args: notHTTPSArgs{URL: f.Target.URL, Scheme: f.Target.Scheme}}
			if f.Target.Scheme != "http" {
				// td/utils/HttpUrl.cpp, parse_url, knows two schemes.
				hit.Predicted = "Bad Request: invalid webhook URL specified"
			}
			return hit
		},
		Remedies: remedy.List(remedy.TelegramHTTPSURL, remedy.NginxProxy, remedy.CaddyProxy, remedy.ApacheProxy,
			remedy.HAProxyProxy, remedy.OtherLocalAPI),
	}
}

func notHTTPS(f *facts.Facts) bool { return f.Target.Scheme != "" && f.Target.Scheme != "https" }
