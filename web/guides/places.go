package guides

import "hookcheck/internal/lang"

func hosting() Guide {
	return Guide{
		ID:    "platforms",
		Title: lang.Text{EN: "Heroku and its kind", RU: "Heroku и подобные платформы"},
		Lead: lang.Text{
			EN: "On such platforms the router speaks TLS for you. What breaks there is the port, the start-up, and sleep.",
			RU: "На таких платформах TLS берёт на себя маршрутизатор. Ломается другое: порт, запуск и засыпание.",
		},
		Parts: []Part{
			part("The rules", "Правила", list(
				"Listen with plain HTTP on 0.0.0.0 and the port in the variable PORT. A port of your own choice is never reached.",
				"Слушайте обычный HTTP на 0.0.0.0 и порту из переменной PORT. До порта, выбранного вами, запросы не дойдут.",
				"The webhook's URL is the public one, without any port: https://your-app.example/webhook.",
				"URL вебхука — публичный, без порта: https://your-app.example/webhook.",
				"Upload no certificate. The platform's is from a public CA, and an upload would make Telegram reject it.",
				"Сертификат не загружайте. У платформы он от публичного центра, и с загруженным файлом Telegram его отвергнет.",
				"Set the webhook in one place at deployment, not in every worker: several calls at once are answered with 429.",
				"Устанавливайте вебхук один раз при развёртывании, а не в каждом процессе: на несколько вызовов сразу придёт ответ 429.",
				"An app that sleeps must wake and answer before the router gives up. Telegram repeats the update, so answer first and work afterwards.",
				"Уснувшее приложение должно проснуться и ответить раньше, чем маршрутизатор сдастся. Telegram повторит обновление, поэтому сначала отвечайте, потом работайте.",
			)),
			part("Reading the errors", "Как читать ошибки", list(
				"502, 503, 504: the router found no process. Look into the application's log.",
				"502, 503, 504: маршрутизатор не нашёл процесса. Смотрите журнал приложения.",
				"404: the router is fine, the path or the app's name is not.",
				"404: маршрутизатор в порядке, неверен путь или имя приложения.",
				"301 or 302: a redirect to another host or to a trailing slash. Put the final address into setWebhook.",
				"301 или 302: перенаправление на другой хост или на адрес с косой чертой в конце. Укажите в setWebhook конечный адрес.",
			)),
			part("Behind a CDN", "За CDN",
				text("A CDN such as Cloudflare answers in your server's place: the certificate that Telegram sees is the CDN's, and its bot protection may answer 403 to a request without a User-Agent. Let the webhook's path through, or point the name straight at your server.",
					"CDN, например Cloudflare, отвечает вместо вашего сервера: Telegram видит сертификат CDN, а защита от ботов может ответить 403 на запрос без User-Agent. Сделайте исключение для пути вебхука или направьте имя прямо на сервер.")),
		},
	}
}

func myths() Guide {
	return Guide{
		ID:    "what-articles-get-wrong",
		Title: lang.Text{EN: "What well-known articles get wrong", RU: "В чём ошибаются известные статьи"},
		Lead: lang.Text{
			EN: "Advice that is copied from page to page, and what holds today.",
			RU: "Советы, которые кочуют со страницы на страницу, и то, как обстоит дело сегодня.",
		},
		Parts: []Part{
			part("About certificates", "О сертификатах", list(
				"\"Always upload your certificate.\" Only a self-signed one, or a root of your own. Uploading that of a public CA breaks a webhook that works.",
				"«Сертификат нужно загружать всегда». Только самоподписанный или собственный корневой. Если загрузить сертификат публичного центра, работающий вебхук сломается.",
				"\"It opens in my browser, so the chain is fine.\" Browsers fetch or remember missing intermediates, Telegram does not.",
				"«В браузере открывается, значит, цепочка в порядке». Браузеры скачивают или помнят недостающие промежуточные сертификаты, Telegram — нет.",
				"\"Put the chain into ssl_certificate_key.\" In nginx the chain belongs to ssl_certificate; the key file holds the key alone.",
				"«Цепочку положите в ssl_certificate_key». В nginx цепочка указывается в ssl_certificate, а в файле ключа — только ключ.",
				"\"cat chain.pem >> cert.pem.\" Run twice, that sends everything twice. Write a new file with > instead.",
				"«cat chain.pem >> cert.pem». При втором запуске всё окажется в файле дважды. Пишите в новый файл через >.",
				"\"curl -k shows that it works.\" It switches off exactly what is in question.",
				"«curl -k показывает, что всё работает». Этот ключ отключает ровно то, что под вопросом.",
			)),
			part("About servers", "О серверах", list(
				"\"ssl_protocols TLSv1.2;\" shuts TLS 1.3 out for no gain. Offer both.",
				"«ssl_protocols TLSv1.2;» без всякой пользы отключает TLS 1.3. Включите обе версии.",
				"\"Allow 149.154.167.197-233.\" That range is from before July 2019. Today it is 149.154.160.0/20 and 91.108.4.0/22.",
				"«Откройте 149.154.167.197-233». Этот диапазон устарел в июле 2019 года. Сегодня это 149.154.160.0/20 и 91.108.4.0/22.",
				"\"-Djdk.tls.client.protocols helps a Java server.\" It is for clients. For a server it is jdk.tls.server.protocols or the connector's own setting.",
				"«Серверу на Java поможет -Djdk.tls.client.protocols». Это для клиентов. Для сервера — jdk.tls.server.protocols или настройка самого коннектора.",
				"\"Any port will do with a reverse proxy in front.\" The port in the URL must be 443, 80, 88 or 8443; the proxy may hand on to any.",
				"«За обратным прокси годится любой порт». В URL может быть только 443, 80, 88 или 8443; а прокси может передавать на любой.",
			)),
			part("About the API", "Об API", list(
				"\"Webhook was set means it works.\" setWebhook makes no connection. Only getWebhookInfo shows what happened since.",
				"«Webhook was set означает, что всё работает». setWebhook никуда не подключается. Что было дальше, показывает только getWebhookInfo.",
				"\"last_error_message is there, so it is still broken.\" It stays after a success; its date tells.",
				"«Раз есть last_error_message, значит, всё ещё сломано». После успеха текст остаётся; смотрите на дату.",
				"\"Hide the bot's token in the URL as a password.\" That is what secret_token is for.",
				"«Спрячьте токен бота в URL вместо пароля». Для этого есть secret_token.",
			)),
		},
	}
}
