package guides

import "hookcheck/internal/lang"

func needs() Guide {
	return Guide{
		ID:    "what-a-webhook-needs",
		Title: lang.Text{EN: "What a webhook needs", RU: "Что нужно вебхуку"},
		Lead: lang.Text{
			EN: "Seven things have to be right at the same time. Telegram reports most of them with the same few words, so go through them in this order.",
			RU: "Одновременно должны быть в порядке семь вещей. О большинстве сбоев Telegram сообщает одними и теми же словами, поэтому проверяйте по порядку.",
		},
		Parts: []Part{
			part("The list", "Список", list(
				"An https URL with port 443, 80, 88 or 8443. All four speak TLS; without a port it is 443.",
				"URL с https и портом 443, 80, 88 или 8443. На всех четырёх должен быть TLS; без указания порта это 443.",
				"A name that resolves to a public IPv4 address, or such an address itself. An AAAA record beside it does no harm; alone it is not enough.",
				"Имя, которое указывает на публичный адрес IPv4, или сам такой адрес. Запись AAAA рядом не мешает, но одной её мало.",
				"A way in: connections from 149.154.160.0/20 and 91.108.4.0/22 must get to the port through every firewall on the way. Telegram says that these networks may change.",
				"Открытый путь: соединения из 149.154.160.0/20 и 91.108.4.0/22 должны проходить через все межсетевые экраны по дороге. Telegram предупреждает, что эти сети могут смениться.",
				"TLS 1.2 or 1.3. Offer both; switch 1.0 and 1.1 off.",
				"TLS 1.2 или 1.3. Включите обе версии, 1.0 и 1.1 выключите.",
				"The whole chain: your certificate first, then each intermediate. Browsers fetch what is missing, Telegram does not.",
				"Вся цепочка: сначала ваш сертификат, затем каждый промежуточный. Браузеры недостающее скачивают, Telegram — нет.",
				"A certificate that is valid today and covers exactly the host in the URL: from a public CA, or self-signed and uploaded.",
				"Сертификат, действующий сегодня и выданный ровно на хост из URL: от публичного УЦ либо самоподписанный и загруженный.",
				"An answer with a status of 200 to 299 to a POST, well within a minute. Redirects are not followed.",
				"Ответ с кодом от 200 до 299 на запрос POST, намного быстрее минуты. По перенаправлениям Telegram не ходит.",
			)),
			part("Set it with one call", "Установка одним вызовом",
				text("`setWebhook` only stores the address. It makes no connection, so `Webhook was set` says nothing about TLS. Parameters that you leave out go back to their defaults, `secret_token` and `certificate` too; only `allowed_updates` is kept.",
					"`setWebhook` лишь запоминает адрес и никуда не подключается, поэтому `Webhook was set` ничего не говорит о TLS. Параметры, которые вы не указали, сбрасываются, в том числе `secret_token` и `certificate`; сохраняется только `allowed_updates`."),
				code("curl -F url=https://bot.example.org/webhook -F 'secret_token=<SECRET>' \\\n  'https://api.telegram.org/bot<TOKEN>/setWebhook'"),
				text("After a minute look at `getWebhookInfo`. Its `last_error_message` is history: it stays after a success, so compare `last_error_date` with the clock.",
					"Через минуту посмотрите `getWebhookInfo`. Поле `last_error_message` — это история: после успеха текст остаётся, поэтому сверяйте `last_error_date` с часами."),
			),
			part("Keep strangers out", "Чтобы боту не писал кто попало",
				text("Set `secret_token` and compare the header `X-Telegram-Bot-Api-Secret-Token` on every request. Do not put the bot's token into the path: paths end up in logs.",
					"Задайте `secret_token` и сверяйте заголовок `X-Telegram-Bot-Api-Secret-Token` в каждом запросе. Не кладите токен бота в путь: пути попадают в журналы.")),
		},
	}
}

func selfSigned() Guide {
	return Guide{
		ID:    "verified-or-self-signed",
		Title: lang.Text{EN: "Verified or self-signed?", RU: "Обычный или самоподписанный сертификат?"},
		Lead: lang.Text{
			EN: "With a domain name, take a certificate of a public CA and upload nothing. With an IP address alone, sign one yourself and upload it.",
			RU: "Если есть домен, возьмите сертификат публичного УЦ и ничего не загружайте. Если есть только IP-адрес, выпустите самоподписанный и загрузите его.",
		},
		Parts: []Part{
			part("What an upload does", "Что делает загрузка",
				text("The file given as `certificate` replaces Telegram's list of trusted roots for your webhook: nothing else is trusted any more. That is why the certificate of a public CA must not be uploaded: Telegram would look for its root in your file and not find it.",
					"Файл, переданный как `certificate`, заменяет для вашего вебхука список доверенных корневых сертификатов: больше Telegram не доверяет ничему. Поэтому сертификат публичного УЦ загружать нельзя: Telegram станет искать его корневой сертификат в вашем файле и не найдёт."),
				list(
					"Public CA: upload nothing. To undo an upload, call `setWebhook` again without `certificate`.",
					"Публичный УЦ: не загружайте ничего. Чтобы отменить загрузку, вызовите `setWebhook` ещё раз без `certificate`.",
					"Self-signed: upload that very certificate, as PEM, and again whenever it changes.",
					"Самоподписанный: загрузите именно этот сертификат в виде PEM и загружайте снова при каждой замене.",
					"A CA of your own: upload its root, and let the server send the intermediates.",
					"Собственный УЦ: загрузите его корневой сертификат, а промежуточные пусть присылает сервер.",
				)),
			part("Making one for an IP address", "Как сделать сертификат для IP-адреса",
				text("With an upload Telegram compares the address as if it were a host name: it has to be the common name. An IP address in the alternative names alone is not enough.",
					"При загруженном сертификате Telegram сравнивает адрес так, будто это имя хоста: он должен стоять в common name. Одной записи iPAddress в SAN мало."),
				code("openssl req -x509 -newkey rsa:2048 -nodes -days 825 \\\n  -keyout bot.key -out bot.pem -subj /CN=198.51.100.7\ncurl -F url=https://198.51.100.7:8443/webhook -F certificate=@bot.pem \\\n  'https://api.telegram.org/bot<TOKEN>/setWebhook'"),
				text("Mind the `@`: without it curl sends the file's name as a text. Upload bot.pem, never bot.key.",
					"Не забудьте `@`: без него curl отправит имя файла как текст. Загружайте bot.pem и ни в коем случае не bot.key.")),
			part("What it costs", "Чем за это платят",
				text("A self-signed certificate is good for Telegram alone, has to be uploaded again whenever it changes, and nobody reminds you when it expires. Wherever you have a name, a free certificate with automatic renewal is less work.",
					"Самоподписанный сертификат годится только для Telegram, при каждой замене его нужно загружать заново, и о конце срока никто не напомнит. Если есть имя, с бесплатным сертификатом и автоматическим продлением хлопот меньше.")),
		},
	}
}
