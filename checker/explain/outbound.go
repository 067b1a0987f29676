package explain

import (
	"strings"

	"hookcheck/internal/lang"
)

// outbound are failures on the bot's own way to Telegram, or to somebody else:
// the opposite direction of a webhook.
var outbound = []entry{
	{
		id: "log.outbound_verify", kind: ServerLog, when: func(r reading) bool {
			return r.refusesPeer() && !r.fromTelegram() && !strings.Contains(r.text, "upstream") && (r.toTelegram() || !r.fromTool())
		},
		head: lang.Text{EN: "Your own program does not trust somebody it calls", RU: "Ваша собственная программа не доверяет серверу, к которому обращается"},
		text: lang.Text{
			EN: "This is the opposite direction: the bot calls api.telegram.org, or something else, and refuses that certificate. The system's list of roots (ca-certificates) is old or missing in the container, or a proxy on the way replaces certificates. It has nothing to do with the webhook's certificate.",
			RU: "Это обратное направление: бот обращается к api.telegram.org или куда-то ещё и отвергает чужой сертификат. Список корневых сертификатов (ca-certificates) устарел или отсутствует в контейнере, либо сертификаты подменяет прокси по дороге. К сертификату вебхука это отношения не имеет.",
		},
	},
	{
		id: "log.outbound_connect", kind: ServerLog, any: []string{"telegram.error.timedout", "network request for '"},
		when: func(r reading) bool {
			return r.toTelegram() && !strings.Contains(r.text, "bad webhook") && containsAny(r.text,
				"connection refused", "connection reset", "timed out", "timeout", "max retries exceeded", "cannot connect", "failed to connect", "could not resolve",
				"getaddrinfo", "name resolution", "not known", "unreachable", "no route to host", "etimedout", "econnrefused", "econnreset", "enotfound", "eai_again", "no such host")
		},
		head: lang.Text{EN: "Your program cannot reach api.telegram.org", RU: "Ваша программа не может соединиться с api.telegram.org"},
		text: lang.Text{
			EN: "This is the opposite direction: the bot's own call does not get through, so setWebhook or the bot's answers are lost. Outgoing connections to port 443 are blocked, DNS fails on that host or in the container, or Telegram is not reachable from that network. Try `curl -sv https://api.telegram.org` there. It has nothing to do with the webhook's certificate or port.",
			RU: "Это обратное направление: не доходит собственный вызов бота, и потому теряются setWebhook или ответы бота. Закрыты исходящие соединения на порт 443, на этом хосте или в контейнере не работает DNS либо из этой сети Telegram недоступен. Проверьте там `curl -sv https://api.telegram.org`. К сертификату и порту вебхука это отношения не имеет.",
		},
	},
}

// toTelegram tells whether a program of the user's was calling Telegram.
func (r reading) toTelegram() bool {
	return containsAny(r.text, "api.telegram.org", "connect etimedout 149.154.", "connect econnrefused 149.154.", "connect enetunreach 149.154.", "connect ehostunreach 149.154.")
}

// refusesPeer tells whether a program did not trust the server that it called.
func (r reading) refusesPeer() bool {
	return containsAny(r.text, "unable to get local issuer", "unable to get issuer", "pkix path building failed", "unable_to_verify_leaf_signature",
		"self_signed_cert_in_chain", "sslcertverificationerror", "[ssl: certificate_verify_failed]", "x509: certificate signed by unknown", "curl error 60") ||
		r.toTelegram() && containsAny(r.text, "self signed certificate", "self-signed certificate", "unable to verify the first certificate", "certificate has expired")
}
