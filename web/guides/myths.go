package guides

import "hookcheck/internal/lang"

func myths() Guide {
	return Guide{
		ID:    "what-articles-get-wrong",
		Title: lang.Text{EN: "What well-known articles get wrong", RU: "В чём ошибаются известные статьи"},
		Lead: lang.Text{
			EN: "Advice that is copied from page to page, and what holds today.",
			RU: "Советы, которые кочуют со страницы на страницу, и то, как обстоит дело сегодня.",
		},
		Parts: []Part{
			part("About certificates", "О сертификатах", Block{Claims: mythsOfCertificates()}),
			part("About files and commands", "О файлах и командах", Block{Claims: mythsOfFiles()}),
			part("About servers and networks", "О серверах и сетях", Block{Claims: mythsOfServers()}),
			part("About the Bot API", "О Bot API", Block{Claims: mythsOfAPI()}),
		},
	}
}

func mythsOfCertificates() []Claim {
	return []Claim{
		claim(lang.Text{EN: "Always upload your certificate.", RU: "Сертификат нужно загружать всегда."},
			lang.Text{EN: "Only a self-signed one, or the root of your own CA. Uploading that of a public CA breaks a webhook that works.",
				RU: "Только самоподписанный или корневой собственного УЦ. Если загрузить сертификат публичного УЦ, работающий вебхук сломается."}),
		claim(lang.Text{EN: "It opens in my browser, so the chain is fine.", RU: "В браузере открывается, значит, цепочка в порядке."},
			lang.Text{EN: "Browsers fetch or remember missing intermediates. Telegram does neither.",
				RU: "Браузеры скачивают или помнят недостающие промежуточные сертификаты. Telegram не делает ни того, ни другого."}),
		claim(lang.Text{EN: "A self-signed certificate has no drawback.", RU: "У самоподписанного сертификата нет недостатков."},
			lang.Text{EN: "It has to be uploaded again whenever it changes, nobody reminds you when it expires, and nothing but Telegram accepts it.",
				RU: "Его нужно загружать заново при каждой замене, о конце срока никто не напомнит, и никто, кроме Telegram, его не примет."}),
		claim(lang.Text{EN: "For an IP address, put it into the alternative names.", RU: "IP-адрес надо записать в SAN."},
			lang.Text{EN: "Browsers read it there. With an upload Telegram compares the address as a name: it must be the common name too.",
				RU: "Браузеры читают его оттуда. При загруженном сертификате Telegram сравнивает адрес как имя, поэтому он должен стоять и в common name."}),
	}
}

func mythsOfFiles() []Claim {
	return []Claim{
		claim(lang.Text{EN: "The chain goes into `ssl_certificate_key`.", RU: "Цепочку кладут в `ssl_certificate_key`."},
			lang.Text{EN: "In nginx it goes into the file of `ssl_certificate`; the other file holds the key alone.",
				RU: "В nginx она указывается в файле `ssl_certificate`, а в другом файле — только ключ."}),
		claim(lang.Both("`cat leaf.pem intermediate.pem >> bundle.pem`"),
			lang.Text{EN: "Run twice, that holds everything twice; and where a file lacks its last line break, nginx stops at “bad end line”. Write a new file instead: `awk 1 leaf.pem intermediate.pem > bundle.pem`.",
				RU: "После второго запуска всё окажется в файле дважды, а если в конце одного из файлов нет перевода строки, nginx остановится на «bad end line». Лучше записать новый файл: `awk 1 leaf.pem intermediate.pem > bundle.pem`."}),
		claim(lang.Text{EN: "`openssl req -newkey rsa:2048 …` is enough for a server.", RU: "Для сервера достаточно `openssl req -newkey rsa:2048 …`."},
			lang.Text{EN: "Without `-nodes` the key gets a passphrase, and the web server asks for it at every start.",
				RU: "Без `-nodes` ключ защищён паролем, и веб-сервер спрашивает его при каждом запуске."}),
		claim(lang.Text{EN: "`openssl pkcs12 -in bot.p12 -out bot.pem` makes the file to upload.", RU: "`openssl pkcs12 -in bot.p12 -out bot.pem` делает файл для загрузки."},
			lang.Text{EN: "That file holds the private key as well. Add `-nokeys`.",
				RU: "В этом файле окажется и закрытый ключ. Добавьте `-nokeys`."}),
		claim(lang.Text{EN: "`curl -k` shows that it works.", RU: "`curl -k` показывает, что всё работает."},
			lang.Text{EN: "It switches off exactly what is in question. And `--tlsv1.2` asks for 1.2 at least, it forces nothing.",
				RU: "Этот ключ отключает ровно то, что под вопросом. А `--tlsv1.2` означает «не ниже 1.2» и ничего не навязывает."}),
	}
}

func mythsOfServers() []Claim {
	return []Claim{
		claim(lang.Text{EN: "`ssl_protocols TLSv1.2;` is what Telegram wants.", RU: "Telegram нужен `ssl_protocols TLSv1.2;`."},
			lang.Text{EN: "It shuts TLS 1.3 out for no gain. Offer both.",
				RU: "Так без всякой пользы отключается TLS 1.3. Включите обе версии."}),
		claim(lang.Text{EN: "Open the firewall for 149.154.167.197-233.", RU: "Откройте межсетевой экран для 149.154.167.197-233."},
			lang.Text{EN: "That range is from before July 2019. Today it is 149.154.160.0/20 and 91.108.4.0/22.",
				RU: "Этот диапазон устарел в июле 2019 года. Сегодня это 149.154.160.0/20 и 91.108.4.0/22."}),
		claim(lang.Text{EN: "`-Djdk.tls.client.protocols` helps a Java server.", RU: "Серверу на Java поможет `-Djdk.tls.client.protocols`."},
			lang.Text{EN: "That is for clients. For a server it is `-Djdk.tls.server.protocols`, or the connector's own setting.",
				RU: "Это для клиентов. Для сервера — `-Djdk.tls.server.protocols` или настройка самого коннектора."}),
		claim(lang.Text{EN: "With a reverse proxy in front, any port will do.", RU: "За обратным прокси годится любой порт."},
			lang.Text{EN: "The port in the URL must be 443, 80, 88 or 8443. What the proxy hands the request on to is your own affair.",
				RU: "В URL может быть только 443, 80, 88 или 8443. А куда прокси передаст запрос дальше — ваше дело."}),
		claim(lang.Text{EN: "`netstat` and `ifconfig` show who listens and where.", RU: "Кто и где слушает, покажут `netstat` и `ifconfig`."},
			lang.Text{EN: "On today's systems they are often not there: `ss -ltnp` and `ip -4 addr` are.",
				RU: "На современных системах их часто нет, зато есть `ss -ltnp` и `ip -4 addr`."}),
		claim(lang.Text{EN: "Heroku's free plan is the place for a bot.", RU: "Бота можно держать на бесплатном тарифе Heroku."},
			lang.Text{EN: "There is none any more.",
				RU: "Такого тарифа больше нет."}),
	}
}

func mythsOfAPI() []Claim {
	return []Claim{
		claim(lang.Text{EN: "`Webhook was set` means that it works.", RU: "`Webhook was set` означает, что всё работает."},
			lang.Text{EN: "`setWebhook` makes no connection. Only `getWebhookInfo` shows what happened since.",
				RU: "`setWebhook` никуда не подключается. Что было дальше, показывает только `getWebhookInfo`."}),
		claim(lang.Text{EN: "There is a `last_error_message`, so it is still broken.", RU: "Раз есть `last_error_message`, значит, всё ещё сломано."},
			lang.Text{EN: "It stays after a success. Its date tells.",
				RU: "После успеха текст остаётся. Смотрите на его дату."}),
		claim(lang.Text{EN: "The bot's token in the URL keeps strangers out.", RU: "Токен бота в URL защитит от посторонних."},
			lang.Text{EN: "It hands the bot to whoever reads a log. `secret_token` is made for this.",
				RU: "Он отдаёт бота всякому, кто прочтёт журнал. Для этого есть `secret_token`."}),
		claim(lang.Text{EN: "Calling `setWebhook` again changes nothing else.", RU: "Повторный `setWebhook` больше ничего не меняет."},
			lang.Text{EN: "What you leave out is reset: `secret_token`, `certificate`, `ip_address`, `max_connections`.",
				RU: "Всё, что вы не передали, сбрасывается: `secret_token`, `certificate`, `ip_address`, `max_connections`."}),
	}
}
