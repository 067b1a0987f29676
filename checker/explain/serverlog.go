package explain

import (
	"regexp"
	"strings"

	"hookcheck/internal/lang"
)

// innerDial is a proxy's connection to a machine behind it.
var innerDial = regexp.MustCompile(`dial tcp (?:127\.|10\.|192\.168\.|172\.(?:1[6-9]|2[0-9]|3[01])\.|\[::1\]|lookup )`)

// logLines are lines of a server's log that are no alerts.
var logLines = []entry{
	{
		id: "log.upstream", kind: ServerLog,
		any: []string{"while connecting to upstream", "while reading response header from upstream", "upstream timed out", "no live upstreams", "upstream prematurely closed", "ah00957", "ah01114", "ah01102", "while ssl handshaking to upstream",
			"host not found in upstream", "could not be resolved (", "no server available!", "layer4 connection problem", "layer4 timeout", "layer6 invalid response", "layer7 wrong status"},
		when: func(r reading) bool { return innerDial.MatchString(r.text) },
		also: []string{"http.bad_gateway"},
		head: lang.Text{EN: "The proxy cannot reach the bot behind it", RU: "Прокси не может достучаться до бота"},
		text: lang.Text{
			EN: "Telegram gets 502 or 504 for that. The bot is not running, has another port than the proxy thinks, or stands in another container.",
			RU: "Telegram получает на это 502 или 504. Бот не запущен, слушает не тот порт, который указан в прокси, или живёт в другом контейнере.",
		},
	},
	{
		id: "log.no_common", kind: ServerLog, when: func(r reading) bool {
			return !r.fromTelegram() && containsAny(r.text, "no shared cipher", "no cipher suite supported by both", "no ciphers in common", "no cipher suites in common", "no suitable signature algorithm", "no suitable key share", "no protocols available", "client offered only unsupported versions", "tls_early_post_process_client_hello") ||
				!r.fromTelegram() && r.fromLog() && strings.Contains(r.text, "unsupported protocol")
		},
		also: []string{"tls.no_common_cipher", "tls.version_too_old"},
		head: lang.Text{EN: "The server found nothing in common with a client's offer", RU: "Сервер не нашёл ничего общего с предложением клиента"},
		text: lang.Text{
			EN: "If the line comes from Telegram's networks, versions or ciphers on the server are set too narrowly, or it has no certificate for the name. From elsewhere it is mostly a scanner.",
			RU: "Если строка вызвана адресом из сетей Telegram, на сервере слишком узко заданы версии или шифры либо нет сертификата для этого имени. С других адресов это чаще всего сканеры.",
		},
	},
	{
		id: "log.not_tls_client", kind: ServerLog, when: func(r reading) bool {
			return !r.fromTelegram() && containsAny(r.text, "first record does not look like a tls handshake", "plain http request was sent to https port", ":http request", "https proxy request", "not an ssl/tls record", "speaking plain http to an ssl-enabled")
		},
		head: lang.Text{EN: "A client spoke plain HTTP to the TLS port", RU: "Клиент обратился к порту TLS по обычному HTTP"},
		text: lang.Text{
			EN: "That was not Telegram, which always starts with TLS. Nothing needs mending for the webhook; if it is your own proxy, give it an https address for its backend.",
			RU: "Это не Telegram: он всегда начинает с TLS. Для вебхука ничего исправлять не нужно; если это ваш собственный прокси, укажите ему адрес бота с https.",
		},
	},
	{
		id: "log.hung_up", kind: ServerLog, when: func(r reading) bool {
			return !r.fromTelegram() && (containsAny(r.text, "peer closed connection in ssl handshake", "tls handshake error", "ssl handshake failure", "ah02008", "ah01998", "while ssl handshaking", "in handshake") ||
				strings.Contains(r.text, "unexpected eof while reading") && containsAny(r.text, "client", "handshak", "ssl_"))
		},
		head: lang.Text{EN: "A client broke the handshake off", RU: "Клиент прервал рукопожатие"},
		text: lang.Text{
			EN: "Scanners and health checks leave many such lines. Telegram's client sends an alert where it refuses a certificate; a line without one says little. Look whether the address is one of Telegram's.",
			RU: "Таких строк много оставляют сканеры и проверки доступности. Отвергая сертификат, клиент Telegram присылает оповещение; строка без него мало о чём говорит. Посмотрите, принадлежит ли адрес Telegram.",
		},
	},
}

func containsAny(s string, pieces ...string) bool {
	for _, p := range pieces {
		if strings.Contains(s, p) {
			return true
		}
	}
	return false
}
