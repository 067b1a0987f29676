package explain

import (
	"strings"

	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

// setWebhookAnswers are what setWebhook and deleteWebhook say.
var setWebhookAnswers = []entry{
	{
		id: "set.not_https", kind: SetWebhook, any: []string{"https url must be provided", "should be a https url", "have a secure (https) url"},
		head: lang.Text{EN: "The URL is not https", RU: "URL не https"},
		text: lang.Text{
			EN: "Telegram delivers over TLS alone. A bot that speaks plain HTTP needs a web server with TLS before it.",
			RU: "Telegram доставляет обновления только по TLS. Если бот сам умеет лишь HTTP, перед ним нужен веб-сервер с TLS.",
		},
	},
	{
		id: "set.invalid_url", kind: SetWebhook, any: []string{"invalid webhook url", "url is too long", "bad request: can't parse url", "invalid url provided"}, also: []string{"url.not_https", "http.request_too_long"},
		head: lang.Text{EN: "setWebhook cannot read the URL", RU: "setWebhook не может разобрать URL"},
		text: lang.Text{
			EN: "A scheme other than http and https, a space, a missing host, an underscore or another character out of place. Try the URL in the check: it names the part.",
			RU: "Схема не http и не https, пробел, нет имени хоста или лишний знак. Вставьте URL в проверку: она назовёт место ошибки.",
		},
	},
	{
		id: "set.port", kind: SetWebhook, any: []string{"only on ports 80"},
		head: lang.Text{EN: "The port is none of 443, 80, 88 and 8443", RU: "Порт не 443, не 80, не 88 и не 8443"},
		text: lang.Text{
			EN: "These four are all that Telegram connects to, each with TLS. The bot may listen elsewhere behind a proxy or a redirect.",
			RU: "Telegram подключается только к этим четырём и везде по TLS. Сам бот может слушать другой порт — за прокси или перенаправлением.",
		},
	},
	{
		id: "set.lookup_failed", kind: SetWebhook, any: []string{"temporary failure in name resolution"}, also: []string{"dns.lookup_failed"},
		head: lang.Text{EN: "The domain's name servers do not answer", RU: "Серверы имён домена не отвечают"},
		text: lang.Text{
			EN: "There was neither an address nor the word that there is none. Call setWebhook again; if it stays, the domain's DNS (or its DNSSEC) is broken.",
			RU: "Не пришло ни адреса, ни ответа, что его нет. Повторите setWebhook; если не помогает, сломан DNS домена (или DNSSEC).",
		},
	},
	{
		id: "set.unresolvable", kind: SetWebhook, any: []string{
			"failed to resolve host", "name or service not known", "no address associated with hostname", "could not resolve host",
			"dns_probe_finished_nxdomain", "err_name_not_resolved",
		},
		head: lang.Text{EN: "The host name has no address", RU: "У имени хоста нет адреса"},
		text: lang.Text{
			EN: "A typing error, an expired domain, no A record, or one that has not spread yet. Telegram remembers an answer for about half an hour; /etc/hosts counts for nothing.",
			RU: "Опечатка, истёкший домен, нет записи A или она ещё не разошлась. Telegram помнит ответ около получаса; /etc/hosts не учитывается.",
		},
	},
	{
		id: "set.ipv6_only", kind: SetWebhook, any: []string{"ipv6-only addresses"},
		head: lang.Text{EN: "The host has an IPv6 address alone", RU: "У хоста есть только адрес IPv6"},
		text: lang.Text{
			EN: "Telegram delivers over IPv4. An AAAA record beside an A record does no harm.",
			RU: "Telegram доставляет обновления по IPv4. Запись AAAA рядом с записью A не мешает.",
		},
	},
	{
		id: "set.reserved", kind: SetWebhook, when: func(r reading) bool {
			return strings.Contains(r.text, "ip address ") && strings.Contains(r.text, " is reserved")
		},
		head: lang.Text{EN: "The address is not a public one", RU: "Этот адрес не публичный"},
		text: lang.Text{
			EN: "The name leads to a private or reserved address, which nobody outside can reach. The A record has to name the public one, with port forwarding, or use a tunnel.",
			RU: "Имя ведёт на частный или зарезервированный адрес, недоступный снаружи. В записи A должен быть публичный адрес с пробросом порта — или используйте туннель.",
		},
	},
	{
		id: "set.invalid_ip", kind: SetWebhook, any: []string{"invalid ip address specified"},
		head: lang.Text{EN: "The parameter ip_address is not an IP address", RU: "В параметре ip_address не IP-адрес"},
		text: lang.Text{
			EN: "It takes an IPv4 address, nothing else. Leave it out unless the name leads to several servers.",
			RU: "Туда передаётся адрес IPv4 и больше ничего. Не указывайте этот параметр, если имя не ведёт на несколько серверов.",
		},
	},
	{
		id: "set.upload_too_big", kind: SetWebhook, any: []string{"certificate size is too big"},
		head: lang.Text{EN: "The uploaded file is over 3 MiB", RU: "Загруженный файл больше 3 МиБ"},
		text: lang.Text{
			EN: "Only one certificate belongs there, a few kilobytes long, and only where it is self-signed or the root of a CA of your own.",
			RU: "Там нужен один сертификат в несколько килобайт, и только если он самоподписанный или корневой сертификат вашего собственного УЦ.",
		},
	},
	{
		id: "set.secret_token", kind: SetWebhook, any: []string{"secret token is too long", "secret token contains unallowed"},
		head: lang.Text{EN: "The secret_token does not follow its rules", RU: "secret_token не подходит под правила"},
		text: lang.Text{
			EN: "It takes 1 to 256 of A-Z a-z 0-9 _ -; `openssl rand -hex 32` prints a good one.",
			RU: "Допустимы от 1 до 256 знаков A-Z a-z 0-9 _ -; годится вывод `openssl rand -hex 32`.",
		},
	},
	{
		id: "set.save_failed", kind: SetWebhook, any: []string{"failed to save certificate"},
		head: lang.Text{EN: "The Bot API server could not store the uploaded file", RU: "Сервер Bot API не смог сохранить загруженный файл"},
		text: lang.Text{
			EN: "The fault is on the side of the Bot API server: with api.telegram.org call setWebhook again a little later; on a server of your own look at free space and permissions of its working directory.",
			RU: "Ошибка на стороне сервера Bot API: у api.telegram.org повторите setWebhook чуть позже; на собственном сервере проверьте место на диске и права на рабочий каталог.",
		},
	},
	{
		id: "set.other_call", kind: SetWebhook, any: []string{"terminated by other setwebhook"},
		head: lang.Text{EN: "Another setWebhook call came in between", RU: "Вмешался другой вызов setWebhook"},
		text: lang.Text{
			EN: "Several workers or instances set the webhook as they start. Set it once, from a deployment step.",
			RU: "Вебхук при запуске задают сразу несколько процессов. Задавайте его один раз, на шаге развёртывания.",
		},
	},
	{
		id: "set.was_set", kind: SetWebhook, any: []string{"webhook was set"}, fix: remedy.List(remedy.TelegramCheck),
		head: lang.Text{EN: "The webhook is registered; whether it works is not said", RU: "Вебхук задан; работает ли он, здесь не сказано"},
		text: lang.Text{
			EN: "setWebhook looks at the URL and the address alone. It makes no TLS connection and sends nothing, so faults of certificate and application show only later, in last_error_message. What the call did not mention was reset: secret_token, ip_address, max_connections, certificate.",
			RU: "setWebhook смотрит только на URL и адрес. Соединения TLS он не открывает и ничего не отправляет, поэтому ошибки сертификата и приложения появятся позже, в last_error_message. Всё, что в вызове не указано, сброшено: secret_token, ip_address, max_connections, certificate.",
		},
	},
	{
		id: "set.already_set", kind: SetWebhook, any: []string{"webhook is already set"}, fix: remedy.List(remedy.TelegramDeleteWebhook),
		head: lang.Text{EN: "Nothing changed: the same webhook was set before", RU: "Ничего не изменилось: такой вебхук уже задан"},
		text: lang.Text{
			EN: "A call that changes nothing does nothing: the address is not looked up again and an old error stays. Call deleteWebhook first, then setWebhook.",
			RU: "Вызов без изменений ничего не делает: адрес заново не запрашивается, старая ошибка остаётся. Сначала вызовите deleteWebhook, потом setWebhook.",
		},
	},
	{
		id: "set.deleted", kind: SetWebhook, any: []string{"webhook was deleted", "webhook is already deleted"},
		head: lang.Text{EN: "There is no webhook any more", RU: "Вебхука больше нет"},
		text: lang.Text{
			EN: "Telegram delivers nothing by itself now; updates wait up to 24 hours for getUpdates or a new setWebhook. An empty `url` in setWebhook has the same effect.",
			RU: "Telegram больше ничего не присылает сам; обновления до 24 часов ждут getUpdates или нового setWebhook. Пустой `url` в setWebhook делает то же самое.",
		},
	},
	{
		id: "set.bad_webhook", kind: SetWebhook, any: []string{"bad webhook:"},
		head: lang.Text{EN: "setWebhook refuses the webhook", RU: "setWebhook отвергает вебхук"},
		text: lang.Text{
			EN: "The reason stands behind the colon. It was found before any connection: in the URL, the address or the uploaded file.",
			RU: "Причина стоит после двоеточия. Она найдена ещё до соединения: в URL, адресе или загруженном файле.",
		},
	},
}

// said tells whether a library reports this answer of the Bot API, in its own
// form: "401: Unauthorized", "Error code: 401. Description: Unauthorized".
func said(r reading, code, text string) bool {
	return whole(code+" "+text, code+": "+text)(r) || containsAny(r.text, "server says - "+text, "etelegram: "+code+" "+text, "error: "+code+": "+text,
		"("+code+": "+text+")", "error code: "+code+". description: "+text, "[error]: "+text) ||
		strings.Contains(r.text, "api.telegram.org/bot") && strings.Contains(r.text, code+" "+text)
}

// otherAnswers are answers of other methods that people meet beside webhooks.
var otherAnswers = []entry{
	{
		id: "updates.webhook_active", kind: APIAnswer, any: []string{"can't use getupdates method while webhook is active"}, fix: remedy.List(remedy.TelegramCheck, remedy.TelegramDeleteWebhook),
		head: lang.Text{EN: "A program polls although a webhook is set", RU: "Программа опрашивает getUpdates, хотя задан вебхук"},
		text: lang.Text{
			EN: "It is one or the other. To keep the webhook, stop the program that calls getUpdates (often a developer's copy, or a library's start_polling); to poll, call deleteWebhook.",
			RU: "Можно либо одно, либо другое. Чтобы остался вебхук, остановите программу, вызывающую getUpdates (часто это копия у разработчика или start_polling библиотеки); чтобы опрашивать — вызовите deleteWebhook.",
		},
	},
	{
		id: "updates.other_poller", kind: APIAnswer, any: []string{"terminated by other getupdates", "terminated by other long poll"},
		head: lang.Text{EN: "Two programs poll with the same token", RU: "С одним токеном опрашивают две программы"},
		text: lang.Text{
			EN: "The newer getUpdates ends the older one, in turns. Look for a second copy: another server, a laptop, a worker started twice by the framework's reloader. If none is yours, somebody else has the token: revoke it with @BotFather.",
			RU: "Новый getUpdates обрывает старый, и так по кругу. Ищите вторую копию: другой сервер, ноутбук, процесс, дважды запущенный автоперезагрузкой фреймворка. Если ни одна не ваша, токен у кого-то ещё: отзовите его у @BotFather.",
		},
	},
	{
		id: "updates.set_webhook", kind: APIAnswer, any: []string{"terminated by setwebhook"},
		head: lang.Text{EN: "Somebody set a webhook while the bot was polling", RU: "Пока бот опрашивал, кто-то задал вебхук"},
		text: lang.Text{
			EN: "From now on getUpdates is refused. Either it was your other program, or the token is in other hands; getWebhookInfo shows the URL.",
			RU: "С этого момента getUpdates отвергается. Это либо ваша другая программа, либо токен в чужих руках; URL покажет getWebhookInfo.",
		},
		fix: remedy.List(remedy.TelegramCheck),
	},
	{
		id: "updates.conflict", kind: APIAnswer, any: []string{"409 conflict", "another webhook is active", "409: conflict"},
		head: lang.Text{EN: "Somebody else takes the bot's updates (409)", RU: "Обновления бота забирает кто-то ещё (409)"},
		text: lang.Text{
			EN: "Either a webhook is set while a program calls getUpdates, or two programs call it with the same token. getWebhookInfo tells them apart: with an empty `url` it is a second program.",
			RU: "Либо задан вебхук, а программа вызывает getUpdates, либо его вызывают две программы с одним токеном. Различит getWebhookInfo: если `url` пуст, дело во второй программе.",
		},
		fix: remedy.List(remedy.TelegramCheck),
	},
	{
		id: "api.too_many_requests", kind: APIAnswer, any: []string{"too many requests", "retry after", "flood control exceeded"},
		head: lang.Text{EN: "Too many calls in too short a time", RU: "Слишком много вызовов подряд"},
		text: lang.Text{
			EN: "Wait as many seconds as the answer says. On setWebhook it means that several workers set the webhook at once, as each of them starts: set it once. One call a second is the limit there.",
			RU: "Подождите столько секунд, сколько сказано в ответе. Для setWebhook это значит, что вебхук задают сразу несколько процессов при запуске: делайте это один раз. Там допустим один вызов в секунду.",
		},
	},
	{
		id: "api.unauthorized", kind: APIAnswer, any: []string{"invalid token specified", "was rejected by the server", "tokenvalidationerror", "token is invalid"}, when: func(r reading) bool {
			return r.code == 401 || r.status == 0 && said(r, "401", "unauthorized") || whole("unauthorized")(r)
		},
		head: lang.Text{EN: "The bot token is wrong or revoked", RU: "Токен бота неверен или отозван"},
		text: lang.Text{
			EN: "This is about the call to api.telegram.org, not about the webhook. Compare the token with what @BotFather shows.",
			RU: "Речь о вызове api.telegram.org, а не о вебхуке. Сверьте токен с тем, что показывает @BotFather.",
		},
	},
	{
		id: "api.not_found", kind: APIAnswer, any: []string{"method not found"}, when: func(r reading) bool {
			return r.code == 404 || r.status == 0 && said(r, "404", "not found")
		},
		head: lang.Text{EN: "The call names no method, or the token is cut", RU: "В вызове нет такого метода или токен обрезан"},
		text: lang.Text{
			EN: "The path must be /bot<TOKEN>/METHOD: the word bot before the token, the token whole, no < > left in.",
			RU: "Путь должен быть /bot<TOKEN>/МЕТОД: слово bot перед токеном, токен целиком, без знаков < >.",
		},
	},
	{
		id: "api.logged_out", kind: APIAnswer, when: whole("logged out", "bad request: logged out"),
		head: lang.Text{EN: "The bot was logged out of this Bot API server", RU: "Бот отключён от этого сервера Bot API"},
		text: lang.Text{
			EN: "After logOut the cloud server turns the bot away for ten minutes; use the server it was moved to.",
			RU: "После logOut облачный сервер десять минут не принимает бота; обращайтесь к серверу, на который он перенесён.",
		},
	},
	{
		id: "api.server_trouble", kind: APIAnswer, any: []string{"internal server error: restart", "networkerror: bad gateway"}, when: func(r reading) bool {
			return r.code >= 500 || r.status == 0 && (said(r, "502", "bad gateway") || said(r, "500", "internal server error") || said(r, "504", "gateway timeout"))
		},
		head: lang.Text{EN: "The Bot API server itself is in trouble", RU: "Неполадки у самого сервера Bot API"},
		text: lang.Text{
			EN: "It restarts or cannot be reached. Call again in a moment; nothing is wrong with the webhook.",
			RU: "Он перезапускается или недоступен. Повторите чуть позже; с вебхуком всё в порядке.",
		},
	},
}
