package guides

import "hookcheck/internal/lang"

func hosting() Guide {
	return Guide{
		ID:    "platforms",
		Title: lang.Text{EN: "Heroku and its kind", RU: "Heroku и подобные платформы"},
		Lead: lang.Text{
			EN: "On such platforms the router speaks TLS for you. What breaks there is the port, the start, and sleep.",
			RU: "На таких платформах TLS берёт на себя маршрутизатор. Ломается другое: порт, запуск и засыпание.",
		},
		Parts: []Part{
			part("The rules", "Правила", list(
				"Listen with plain HTTP on 0.0.0.0 and the port in the variable `PORT`. A port of your own choice is never reached.",
				"Слушайте обычный HTTP на 0.0.0.0 и порту из переменной `PORT`. До порта, выбранного вами, запросы не дойдут.",
				"The webhook's URL is the public one, without any port: `https://your-app.example/webhook`.",
				"URL вебхука — публичный, без порта: `https://your-app.example/webhook`.",
				"Upload no certificate. The platform's is from a public CA, and with an upload Telegram would reject it.",
				"Сертификат не загружайте. У платформы он от публичного УЦ, и с загруженным файлом Telegram его отвергнет.",
				"Set the webhook in one place at deployment, not in every worker: several calls at once are answered with 429.",
				"Задавайте вебхук один раз при развёртывании, а не в каждом процессе: на несколько вызовов сразу придёт ответ 429.",
				"A program that sleeps must wake and answer before the router gives up. Telegram repeats the update, so answer first and work afterwards.",
				"Уснувшая программа должна проснуться и ответить раньше, чем маршрутизатор сдастся. Telegram повторит обновление, поэтому сначала отвечайте, потом работайте.",
			)),
			part("Reading the errors", "Как читать ошибки", list(
				"502, 503, 504: the router found no process. Look into the application's log.",
				"502, 503, 504: маршрутизатор не нашёл процесса. Смотрите журнал приложения.",
				"404: the router works, and the path or the application's name is wrong.",
				"404: маршрутизатор работает, а путь или имя приложения неверны.",
				"301 or 302: a redirect to another host or to a trailing slash. Put the final address into `setWebhook`.",
				"301 или 302: перенаправление на другой хост или на адрес с косой чертой в конце. Передайте в `setWebhook` конечный URL.",
			)),
			part("Behind a CDN", "За CDN",
				text("A CDN such as Cloudflare answers in your server's place: the certificate that Telegram sees is the CDN's, and its protection from bots may answer 403 to a request without a User-Agent, which is how Telegram's come. Let the webhook's path through, or point the name straight at your server.",
					"CDN, например Cloudflare, отвечает вместо вашего сервера: Telegram видит сертификат CDN, а защита от ботов может ответить 403 на запрос без User-Agent — именно такие присылает Telegram. Сделайте исключение для пути вебхука или направьте имя прямо на сервер.")),
		},
	}
}
