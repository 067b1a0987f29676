package explain

import (
	"regexp"

	"hookcheck/internal/lang"
)

var (
	// The first bytes of a TLS hello, as servers of plain HTTP print them.
	helloBytes = regexp.MustCompile(`\\x16\\x03\\x0[0-4]|0x160x03|\\u0016\\u0003`)
	banned     = regexp.MustCompile(`\b(?:ban|banned) (?:[0-9]{1,3}\.){3}[0-9]{1,3}\b`)
	firewalled = regexp.MustCompile(`\bin=\S* out=.*\bsrc=[0-9a-f.:]+ .*\bdpt=[0-9]+`)
)

// ownLines are lines in which the bot's server speaks of itself.
var ownLines = []entry{
	{
		id: "log.tls_to_plain", kind: ServerLog, any: []string{
			"invalid method encountered", "accessing the development server over https", "bad request version", "invalid http request received", "unsupported ssl request",
			"invalid character found in method name", "invalid http method", "parse error: expected http/",
		},
		when: func(r reading) bool { return helloBytes.MatchString(r.text) },
		also: []string{"tls.plaintext_http"},
		head: lang.Text{EN: "Somebody spoke TLS to a port that serves plain HTTP", RU: "К порту с обычным HTTP обратились по TLS"},
		text: lang.Text{
			EN: "If it was Telegram, the webhook's port has no TLS: getWebhookInfo then shows `wrong version number`. Switch TLS on for that port, or put a web server with TLS before the bot.",
			RU: "Если это был Telegram, на порту вебхука нет TLS: getWebhookInfo тогда показывает `wrong version number`. Включите TLS на этом порту или поставьте перед ботом веб-сервер с TLS.",
		},
	},
	{
		id: "log.port_taken", kind: ServerLog, any: []string{"address already in use", "eaddrinuse", "listen eacces", "only one usage of each socket address"},
		when: func(r reading) bool {
			return containsAny(r.text, "permission denied") && containsAny(r.text, "bind", "listen")
		},
		also: []string{"tcp.refused", "tls.plaintext_http", "tls.not_tls"},
		head: lang.Text{EN: "The server could not take its port, so it does not run", RU: "Сервер не смог занять порт и потому не работает"},
		text: lang.Text{
			EN: "Another program holds the port (`ss -ltnp` names it), or a port below 1024 was asked for without the right to it. Telegram meets whatever listens there instead, or nothing.",
			RU: "Порт занят другой программой (её назовёт `ss -ltnp`) либо запрошен порт ниже 1024 без прав на него. Telegram попадает на то, что там слушает, или ни на что.",
		},
	},
	{
		id: "log.cannot_load", kind: ServerLog, any: []string{
			"[ssl] pem lib", "cannot load certificate", "key values mismatch", "invalid ssl certificate", "ah02565", "ah02572", "ah02561", "ah02562", "no start line", "bad end line",
			"unable to load ssl certificate", "unable to load certificate", "no such file or directory:calling fopen", "failed to find any pem data", "private key does not match", "err_ossl_pem_no_start_line",
			"unable to load private key", "inconsistencies between private key and certificate", "keystore was tampered with", "keystore password was incorrect", "err_ossl_bad_decrypt",
		},
		also: []string{"tcp.refused", "tls.name_rejected"},
		head: lang.Text{EN: "The server cannot use its certificate or key file", RU: "Сервер не может использовать файл сертификата или ключа"},
		text: lang.Text{
			EN: "The file is missing, is not PEM, lacks a line break between two certificates, needs a passphrase, or the key belongs to another certificate. The server does not start, or goes on with the old file. Give the certificate file to the check, never the key; `hookcheck pem --key` compares the two on your own machine.",
			RU: "Файла нет, он не в PEM, между двумя сертификатами нет перевода строки, нужна парольная фраза или ключ от другого сертификата. Сервер не запускается либо работает со старым файлом. Дайте проверке файл сертификата, но не ключа; сравнить их на вашей машине умеет `hookcheck pem --key`.",
		},
	},
	{
		id: "log.no_issuer", kind: ServerLog, any: []string{"issuer certificate not found for certificate", "ah02217", "ah02218"},
		also: []string{"chain.intermediate_missing"},
		head: lang.Text{EN: "The server does not know who issued its certificate: the chain is incomplete", RU: "Сервер не знает издателя своего сертификата: цепочка неполная"},
		text: lang.Text{
			EN: "The line is about OCSP stapling, which Telegram does not look at, but it gives the fault away: the certificate file lacks the intermediate.",
			RU: "Строка об OCSP stapling, на который Telegram не смотрит, но она выдаёт ошибку: в файле сертификата нет промежуточного.",
		},
	},
	{
		id: "log.firewall", kind: ServerLog, any: []string{"[ufw block]", "filter_in_public_reject", "final_reject"},
		when: func(r reading) bool { return firewalled.MatchString(r.text) },
		also: []string{"tcp.timeout", "tcp.refused", "tcp.unreachable"},
		head: lang.Text{EN: "The firewall of this host turned a packet away", RU: "Межсетевой экран этого хоста не пропустил пакет"},
		text: lang.Text{
			EN: "SRC is who knocked, DPT the port. If the address is Telegram's and the port the webhook's, admit 149.154.160.0/20 and 91.108.4.0/22 to it.",
			RU: "SRC — кто стучался, DPT — порт. Если адрес принадлежит Telegram, а порт — вебхуку, откройте его для 149.154.160.0/20 и 91.108.4.0/22.",
		},
	},
	{
		id: "log.banned", kind: ServerLog, when: func(r reading) bool { return banned.MatchString(r.text) },
		also: []string{"tcp.timeout", "tcp.reset", "tcp.refused"},
		head: lang.Text{EN: "fail2ban shut an address out", RU: "fail2ban заблокировал адрес"},
		text: lang.Text{
			EN: "If it is one of Telegram's, updates stop until the ban ends: put 149.154.160.0/20 and 91.108.4.0/22 into `ignoreip` and unban the address.",
			RU: "Если это адрес Telegram, обновления не дойдут до конца блокировки: добавьте 149.154.160.0/20 и 91.108.4.0/22 в `ignoreip` и снимите блокировку.",
		},
	},
	{
		id: "log.csrf", kind: ServerLog, any: []string{"csrf cookie not set", "csrf verification failed", "csrf token missing", "csrf token mismatch", "invalidauthenticitytoken", "invalid csrf token"},
		also: []string{"http.unauthorized", "http.client_error"},
		head: lang.Text{EN: "The framework asked Telegram for a CSRF token", RU: "Фреймворк потребовал от Telegram токен CSRF"},
		text: lang.Text{
			EN: "That check is for forms in browsers; Telegram gets 403, 419 or 422. Exempt the webhook's route from it (`csrf_exempt` in Django, the except list in Laravel) and check `secret_token` in its place.",
			RU: "Эта проверка нужна формам в браузере; Telegram получает 403, 419 или 422. Исключите из неё маршрут вебхука (`csrf_exempt` в Django, список исключений в Laravel) и вместо неё проверяйте `secret_token`.",
		},
	},
}
