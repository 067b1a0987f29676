package guides

import "hookcheck/internal/lang"

func polling() Guide {
	return Guide{
		ID:    "polling-or-webhook",
		Title: lang.Text{EN: "Polling or webhook?", RU: "Опрос или вебхук?"},
		Lead: lang.Text{
			EN: "With getUpdates the bot asks; with a webhook it is told. A bot can have only one of them at a time.",
			RU: "С getUpdates бот спрашивает сам, с вебхуком ему сообщают. Одновременно у бота может быть только одно из двух.",
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
				"the program sleeps or starts on demand, as on serverless platforms",
				"программа засыпает или запускается по требованию, как на бессерверных платформах",
				"several processes share the work behind one proxy",
				"несколько процессов делят работу за одним прокси",
				"you already run a web server with a certificate",
				"у вас уже есть веб-сервер с сертификатом",
			)),
			part("Changing over", "Как перейти",
				text("While a webhook is set, `getUpdates` answers 409. Delete the webhook first; waiting updates stay for up to 24 hours unless you drop them.",
					"Пока вебхук установлен, `getUpdates` отвечает 409. Сначала снимите вебхук; ожидающие обновления хранятся до 24 часов, если вы их не сбросите."),
				code("curl 'https://api.telegram.org/bot<TOKEN>/deleteWebhook'"),
				text("If the webhook comes back by itself, another copy of the bot is still running and sets it when it starts.",
					"Если вебхук появляется снова сам, значит, где-то работает ещё одна копия бота и задаёт его при запуске.")),
		},
	}
}

func severalBots() Guide {
	return Guide{
		ID:    "several-bots",
		Title: lang.Text{EN: "Several bots behind one domain", RU: "Несколько ботов за одним доменом"},
		Lead: lang.Text{
			EN: "One server and one port serve as many bots as you like: tell them apart by path, or by subdomain.",
			RU: "Одного сервера и одного порта хватит для любого числа ботов: различайте их по пути или по поддомену.",
		},
		Parts: []Part{
			part("nginx, by path", "nginx, по пути",
				text("Each bot gets a path of its own under one name and one certificate. `proxy_pass` without a path of its own hands the request on as it came, so that the bot sees what Telegram called.",
					"У каждого бота свой путь, а имя и сертификат общие. `proxy_pass` без собственного пути передаёт запрос как есть, и бот видит то, что вызвал Telegram."),
				code(nginxByPath)),
			part("HAProxy, by subdomain", "HAProxy, по поддомену",
				text("HAProxy ends TLS and chooses the bot by the host name. Each file in the directory holds a certificate, its intermediates and its key, in that order; HAProxy picks the right one by SNI. `field(1,:)` leaves out the port, which the header carries wherever it is not 443.",
					"HAProxy завершает TLS и выбирает бота по имени хоста. В каждом файле каталога лежат сертификат, его промежуточные и ключ, именно в этом порядке; нужный HAProxy выбирает по SNI. `field(1,:)` отбрасывает порт, который есть в заголовке, если он не 443."),
				code(haproxyBySubdomain)),
			part("Mind", "На что обратить внимание", list(
				"Give each bot a `secret_token` of its own.",
				"Дайте каждому боту свой `secret_token`.",
				"Let the bots listen on 127.0.0.1 alone: then nobody gets past the proxy.",
				"Пусть боты слушают только 127.0.0.1: тогда никто не обойдёт прокси.",
				"A wildcard certificate works today, but Telegram's own pages do not promise it. A list of exact names is safer.",
				"Сертификат с шаблоном (`*`) сегодня работает, но документация Telegram этого не обещает. Надёжнее перечислить точные имена.",
			)),
		},
	}
}

// The configurations are run by a test, as they stand here.
const nginxByPath = `server {
    listen 443 ssl;
    server_name bots.example.org;

    ssl_certificate     /etc/letsencrypt/live/bots.example.org/fullchain.pem;
    ssl_certificate_key /etc/letsencrypt/live/bots.example.org/privkey.pem;
    ssl_protocols       TLSv1.2 TLSv1.3;

    location = /news   { proxy_pass http://127.0.0.1:8001; }
    location = /orders { proxy_pass http://127.0.0.1:8002; }
}`

const haproxyBySubdomain = `frontend telegram
    mode http
    timeout client 60s
    bind :443 ssl crt /etc/haproxy/certs/ ssl-min-ver TLSv1.2
    use_backend news   if { hdr(host),field(1,:) -i news.example.org }
    use_backend orders if { hdr(host),field(1,:) -i orders.example.org }

backend news
    mode http
    timeout connect 5s
    timeout server 60s
    server bot 127.0.0.1:8001

backend orders
    mode http
    timeout connect 5s
    timeout server 60s
    server bot 127.0.0.1:8002`
