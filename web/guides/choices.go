package guides

import "hookcheck/internal/lang"

func polling() Guide {
	return Guide{
		ID:    "polling-or-webhook",
		Title: lang.Text{EN: "Polling or webhook?", RU: "Опрос или вебхук?"},
		Lead: lang.Text{
			EN: "getUpdates asks, a webhook is told. A bot can have only one of them at a time.",
			RU: "getUpdates спрашивает сам, вебхуку сообщают. Одновременно у бота может быть только одно из двух.",
		},
		Parts: []Part{
			part("Take getUpdates when", "Берите getUpdates, если", list(
				"the bot runs at home, behind NAT, or on a laptop: nothing has to be reachable from outside",
				"бот работает дома, за NAT или на ноутбуке: снаружи ничего не должно быть доступно",
				"you are developing: no certificate, no port, no tunnel",
				"вы разрабатываете: не нужны ни сертификат, ни порт, ни туннель",
				"one process is enough, since two that poll get in each other's way",
				"хватает одного процесса: два опрашивающих мешают друг другу",
			)),
			part("Take a webhook when", "Берите вебхук, если", list(
				"the host sleeps or starts on demand, as on serverless platforms",
				"приложение засыпает или запускается по требованию, как на бессерверных платформах",
				"several processes share the work behind one proxy",
				"несколько процессов делят работу за одним прокси",
				"you already run a web server with a certificate",
				"у вас уже есть веб-сервер с сертификатом",
			)),
			part("Changing over", "Как перейти",
				text("While a webhook is set, getUpdates answers 409. Delete the webhook first; waiting updates stay for up to 24 hours unless you drop them.",
					"Пока вебхук установлен, getUpdates отвечает 409. Сначала удалите вебхук; накопленные обновления хранятся до 24 часов, если вы их не сбросите."),
				code("curl https://api.telegram.org/bot<TOKEN>/deleteWebhook"),
				text("If the webhook comes back by itself, another copy of the bot is still running and sets it at start.",
					"Если вебхук появляется снова сам, значит где-то работает ещё одна копия бота и устанавливает его при запуске.")),
		},
	}
}

func severalBots() Guide {
	return Guide{
		ID:    "several-bots",
		Title: lang.Text{EN: "Several bots behind one domain", RU: "Несколько ботов за одним доменом"},
		Lead: lang.Text{
			EN: "One certificate and one port serve as many bots as you like: tell them apart by path, or by subdomain.",
			RU: "Одного сертификата и одного порта хватит для любого числа ботов: различайте их по пути или по поддомену.",
		},
		Parts: []Part{
			part("nginx, by path", "nginx, по пути",
				text("Each bot gets a path of its own. Keep the path as it is when you hand the request on, so that the bot sees what Telegram called.",
					"У каждого бота свой путь. Передавайте путь без изменений, чтобы бот видел то, что вызвал Telegram."),
				code("server {\n    listen 443 ssl;\n    server_name bots.example.org;\n    ssl_certificate     /etc/letsencrypt/live/bots.example.org/fullchain.pem;\n    ssl_certificate_key /etc/letsencrypt/live/bots.example.org/privkey.pem;\n    ssl_protocols TLSv1.2 TLSv1.3;\n\n    location = /news   { proxy_pass http://127.0.0.1:8001; }\n    location = /orders { proxy_pass http://127.0.0.1:8002; }\n}")),
			part("HAProxy, by subdomain", "HAProxy, по поддомену",
				text("HAProxy ends TLS and chooses by the host name. Each file in the directory holds certificate, intermediates and key, in that order; HAProxy picks the right one by SNI.",
					"HAProxy завершает TLS и выбирает по имени хоста. В каждом файле каталога лежат сертификат, промежуточные и ключ, именно в этом порядке; нужный HAProxy выбирает по SNI."),
				code("frontend telegram\n    bind :443 ssl crt /etc/haproxy/certs/\n    use_backend news   if { hdr(host) -i news.example.org }\n    use_backend orders if { hdr(host) -i orders.example.org }\n\nbackend news\n    server bot 127.0.0.1:8001\nbackend orders\n    server bot 127.0.0.1:8002")),
			part("Mind", "На что обратить внимание", list(
				"With a port other than 443 the Host header carries the port: compare the name alone.",
				"Если порт не 443, в заголовке Host есть и порт: сравнивайте только имя.",
				"Give each bot a secret_token of its own.",
				"Дайте каждому боту свой secret_token.",
				"A wildcard certificate works today, but Telegram's own pages do not promise it. A list of exact names is safer.",
				"Сертификат с подстановкой (*) сегодня работает, но документация Telegram этого не обещает. Надёжнее перечислить точные имена.",
			)),
		},
	}
}
