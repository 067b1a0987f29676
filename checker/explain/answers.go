package explain

import "hookcheck/internal/lang"

// httpErrors are the texts of last_error_message about the webhook's answer,
// and the same answers in an access log.
var httpErrors = []entry{
	{
		id: "delivery.redirect", kind: DeliveryError, when: status(300, 399), any: []string{"err_too_many_redirects"},
		head: lang.Text{EN: "The webhook answers with a redirect, and Telegram does not follow", RU: "Вебхук отвечает перенаправлением, а Telegram за ним не идёт"},
		text: lang.Text{
			EN: "A trailing slash, www, a login page, or a rule from http to https behind a proxy. Give setWebhook the final URL, or exempt the path.",
			RU: "Косая черта в конце, www, страница входа или правило http → https за прокси. Передайте в setWebhook конечный URL или исключите путь из правила.",
		},
	},
	{
		id: "delivery.unauthorized", kind: DeliveryError, when: status(401, 403, 402),
		head: lang.Text{EN: "The bot, or something before it, turns Telegram away", RU: "Бот или что-то перед ним не пускает Telegram"},
		text: lang.Text{
			EN: "401 or 403: a secret token that the bot checks and setWebhook was not given (leaving it out resets it), Basic authorization, an old list of allowed addresses, or a filter that misses User-Agent and Accept, which Telegram does not send.",
			RU: "401 или 403: бот проверяет секретный токен, а в setWebhook он не передан (непереданный сбрасывается); авторизация Basic; старый список разрешённых адресов; фильтр, которому не хватает User-Agent и Accept — их Telegram не шлёт.",
		},
	},
	{
		id: "delivery.not_found", kind: DeliveryError, when: status(404, 404),
		head: lang.Text{EN: "There is nothing at the webhook's path", RU: "По пути вебхука ничего нет"},
		text: lang.Text{
			EN: "A web server answered and the bot was not asked: another path is registered, the proxy changes it (proxy_pass with or without a slash at the end), or another site answers.",
			RU: "Ответил веб-сервер, а до бота запрос не дошёл: зарегистрирован другой путь, его меняет прокси (косая черта в конце proxy_pass) или отвечает другой сайт.",
		},
	},
	{
		id: "delivery.method_not_allowed", kind: DeliveryError, when: status(405, 405),
		head: lang.Text{EN: "The path takes no POST", RU: "Этот путь не принимает POST"},
		text: lang.Text{
			EN: "The route is registered for GET alone, or belongs to static files. A browser, which asks with GET, shows no fault.",
			RU: "Маршрут зарегистрирован только для GET или относится к статическим файлам. Браузер шлёт GET и потому ошибки не видит.",
		},
	},
	{
		id: "delivery.gone", kind: DeliveryError, when: status(410, 410),
		head: lang.Text{EN: "The webhook says that it is gone for good", RU: "Вебхук отвечает, что его больше нет"},
		text: lang.Text{
			EN: "After 23 hours of 410 Telegram removes the webhook by itself.",
			RU: "Если 410 приходит 23 часа подряд, Telegram сам снимает вебхук.",
		},
	},
	{
		id: "delivery.csrf", kind: DeliveryError, when: status(419, 419), also: []string{"http.client_error"},
		head: lang.Text{EN: "The framework asks Telegram for a CSRF token", RU: "Фреймворк требует от Telegram токен CSRF"},
		text: lang.Text{
			EN: "419 is Laravel's answer to a POST without its token. Exempt the webhook's route from that check, or put it among the API routes; `secret_token` is what proves Telegram.",
			RU: "419 — так Laravel отвечает на POST без своего токена. Исключите маршрут вебхука из этой проверки или перенесите его в маршруты API; Telegram подтверждает себя через `secret_token`.",
		},
	},
	{
		id: "delivery.client_error", kind: DeliveryError, when: status(400, 499, 401, 403, 404, 405, 410, 419), also: []string{"tls.client_certificate_required"},
		head: lang.Text{EN: "The webhook refuses the request", RU: "Вебхук отвергает запрос"},
		text: lang.Text{
			EN: "A 4xx. 400 may come from the framework, which expects something else than JSON, or from nginx that demands a client certificate; 413 is a limit on the size of the body, 429 a limit on requests, which Telegram must be exempt from.",
			RU: "Ответ 4xx. 400 бывает от фреймворка, который ждёт не JSON, или от nginx, требующего клиентский сертификат; 413 — ограничение размера тела, 429 — ограничение частоты, из которого Telegram нужно исключить.",
		},
	},
	{
		id: "delivery.bad_gateway", kind: DeliveryError, when: func(r reading) bool {
			return status(502, 504)(r) || status(520, 530)(r)
		},
		head: lang.Text{EN: "The proxy cannot reach the bot behind it", RU: "Прокси не может достучаться до бота"},
		text: lang.Text{
			EN: "TLS is fine and the proxy answers; the bot is not running, has another port, or stands in another container, where localhost is not the host.",
			RU: "С TLS всё хорошо, прокси отвечает; но бот не запущен, слушает другой порт или живёт в другом контейнере, где localhost — это он сам, а не хост.",
		},
	},
	{
		id: "delivery.server_error", kind: DeliveryError, when: status(500, 599, 502, 503, 504),
		head: lang.Text{EN: "The bot's own code failed", RU: "Ошибка в самом боте"},
		text: lang.Text{
			EN: "A 5xx from the application. Telegram sends the same update again and again, and those behind it wait: catch errors in the handler and answer 200. The bot's log has the reason.",
			RU: "Ответ 5xx от приложения. Telegram присылает то же обновление снова и снова, а остальные ждут: перехватывайте ошибки в обработчике и отвечайте 200. Причина — в журнале бота.",
		},
	},
	{
		id: "delivery.delivered", kind: ServerLog, when: status(200, 299),
		head: lang.Text{EN: "The update was delivered", RU: "Обновление доставлено"},
		text: lang.Text{
			EN: "Any 2xx is success for Telegram. If the bot stays silent, the fault is in the bot or in what it is sent.",
			RU: "Любой ответ 2xx для Telegram — успех. Если бот при этом молчит, дело в самом боте или в том, что ему присылают.",
		},
	},
	{
		id: "delivery.odd_status", kind: DeliveryError, when: func(r reading) bool { return r.status > 0 },
		head: lang.Text{EN: "The webhook answers with a status that HTTP does not have", RU: "Вебхук отвечает кодом, которого в HTTP нет"},
		text: lang.Text{
			EN: "Only 200 to 299 counts as success. Such a status comes from a home-made server.",
			RU: "Успехом считаются только 200–299. Такой код приходит от самодельных серверов.",
		},
	},
	{
		id: "delivery.encoding", kind: DeliveryError, any: []string{"unsupported content-encoding", "unsupported transfer-encoding", "in chunked", "unsupported media type"},
		also: []string{"http.encoding"},
		head: lang.Text{EN: "Telegram cannot decode the webhook's answer", RU: "Telegram не может раскодировать ответ вебхука"},
		text: lang.Text{
			EN: "The answer is compressed with something else than gzip or deflate, or its chunks are framed wrongly.",
			RU: "Ответ сжат не gzip и не deflate либо неверно разбит на части.",
		},
	},
	{
		id: "delivery.not_http", kind: DeliveryError,
		any:  []string{"http version not supported", "unexpected end of request content", "request header fields too large", "wrong request line"},
		when: whole("not implemented", "bad request"), also: []string{"http.not_http"},
		head: lang.Text{EN: "The answer is not HTTP/1.x", RU: "Ответ — не HTTP/1.x"},
		text: lang.Text{
			EN: "TLS works; what is spoken inside is another protocol, such as HTTP/2 alone, or an answer put together by hand.",
			RU: "TLS работает, но внутри другой протокол: например, только HTTP/2 — или ответ, собранный вручную.",
		},
	},
}
