package remedy

import "strconv"

// OtherSecretCompare tells how to compare the secret.
func OtherSecretCompare(p *Params) Remedy {
	return note("other.secret_compare", text("Compare the secret token where the bot answers", "Сверка секретного токена в боте"),
		fillText(text("Telegram sends the secret in the header X-Telegram-Bot-Api-Secret-Token, on each request, if setWebhook was given one: a setWebhook call without secret_token took it away. Compare the value with the one given to setWebhook, byte for byte; check that the proxy does not drop the header, and that no login, cookie or API key is asked for on @PATH@.",
			"Telegram присылает секретный токен в заголовке X-Telegram-Bot-Api-Secret-Token с каждым запросом, если он был задан в setWebhook: вызов setWebhook без secret_token его сбрасывает. Сравнивайте значение с переданным в setWebhook байт в байт; проверьте, что прокси не убирает заголовок и что на @PATH@ не спрашивают пароль, cookie или ключ API."), "@PATH@", prose(p.path())))
}

// OtherWAF tells what a WAF dislikes.
func OtherWAF(p *Params) Remedy {
	return note("other.waf", text("A WAF before the bot", "WAF перед ботом"),
		fillText(text("Telegram's requests carry no User-Agent and no Accept header and come from abroad: bot protection, country filters and ModSecurity's core rules (920320, 920330, 920300) block that. Except the path @PATH@ for @NETS@. Cloudflare: a WAF custom rule with action Skip for these addresses and this path, and Bot Fight Mode off.",
			"В запросах Telegram нет User-Agent и Accept, и приходят они из-за рубежа: защита от ботов, фильтры по странам и базовые правила ModSecurity (920320, 920330, 920300) такое режут. Сделайте исключение для пути @PATH@ и сетей @NETS@. Cloudflare: правило WAF с действием Skip для этих адресов и пути, Bot Fight Mode выключен."), "@PATH@", prose(p.path()), "@NETS@", nets()))
}

// OtherRoute looks at the route in the program.
func OtherRoute(p *Params) Remedy {
	return note("other.route", text("The path must be the bot's own", "Путь должен совпадать с маршрутом бота"),
		fillText(text("Nothing answers at @PATH@. Is it the very path that the bot registers (capital letters, trailing slash, prefix)? Does the proxy cut a part off (`proxy_pass` with a path, `handle_path`, `strip_prefix`)? Is the bot's application the one that runs there? On the server: `curl -i -X POST -H 'Content-Type: application/json' -d '{\"update_id\":0}' @URL@` asks it directly.",
			"По пути @PATH@ никто не отвечает. Тот ли это путь, который регистрирует бот (заглавные буквы, косая черта в конце, префикс)? Не отрезает ли часть прокси (`proxy_pass` с путём, `handle_path`, `strip_prefix`)? Запущено ли там приложение бота? На сервере спросите его напрямую: `curl -i -X POST -H 'Content-Type: application/json' -d '{\"update_id\":0}' @URL@`."),
			"@PATH@", prose(p.path()), "@URL@", prose(shell("http://127.0.0.1:"+p.botPort()+p.path()))))
}

// OtherPostRoute asks for a POST route.
func OtherPostRoute(p *Params) Remedy {
	return note("other.post_route", text("The route must take POST", "Маршрут должен принимать POST"),
		fillText(text("The path @PATH@ exists and refuses POST. Express: `app.post`; Flask: `methods=[\"POST\"]`; Django: csrf_exempt and a POST view; Laravel: `Route::post` outside of the CSRF check; FastAPI: `@router.post`; PHP: an nginx that serves the file statically answers 405, the location needs fastcgi_pass.",
			"Путь @PATH@ есть, но POST не принимает. Express: `app.post`; Flask: `methods=[\"POST\"]`; Django: csrf_exempt и обработчик POST; Laravel: `Route::post` вне проверки CSRF; FastAPI: `@router.post`; PHP: nginx, который отдаёт файл как статический, отвечает 405 — в location нужен fastcgi_pass."), "@PATH@", prose(p.path())))
}

// OtherGone explains 410.
func OtherGone(p *Params) Remedy {
	return note("other.gone", text("410 tells Telegram to give up", "410 велит Telegram прекратить"),
		fillText(text("Have @PATH@ answered by the bot with a 2xx status. After about 23 hours of 410 Telegram removes the webhook: then `url` in getWebhookInfo is empty and setWebhook must be called again.",
			"Пусть на @PATH@ отвечает бот, со статусом 2xx. Примерно через 23 часа ответов 410 Telegram снимает вебхук: `url` в getWebhookInfo пуст, и setWebhook надо вызвать снова."), "@PATH@", prose(p.path())))
}

// OtherClientError explains the other 4xx.
func OtherClientError(p *Params) Remedy {
	return note("other.client_error", text("The server refuses this request", "Сервер отказывает именно этому запросу"),
		fillText(text("Status @STATUS@: look into the log of the server and of the bot for the POST to @PATH@. 400 often is a plain-HTTP request or a framework that wants other JSON; 411, 413 a limit on bodies (nginx: `client_max_body_size 1m;`); 415 a filter on Content-Type, which is application/json; 429 a rate limit: except @NETS@.",
			"Статус @STATUS@: найдите в журналах сервера и бота запрос POST на @PATH@. 400 — часто обычный HTTP или фреймворк, который ждёт другой JSON; 411, 413 — ограничение тела (nginx: `client_max_body_size 1m;`); 415 — фильтр по Content-Type, он application/json; 429 — ограничение частоты: исключите @NETS@."),
			"@STATUS@", strconv.Itoa(p.Status), "@PATH@", prose(p.path()), "@NETS@", nets()))
}

// OtherServerLog points to the program's log.
func OtherServerLog(p *Params) Remedy {
	return note("other.server_log", text("The bot's own log names the error", "Ошибку назовёт журнал бота"),
		fillText(text("The program behind @PATH@ failed. Its log says why (`journalctl -u` with its unit, `docker logs`, the framework's error log). Answer 200 to every update that you understand or not, and catch errors in the handler: Telegram sends a failing update again and again, and those behind it wait. Our empty update `{\"update_id\":0}` may itself be what the program did not expect: then it only proves that it should ignore unknown kinds.",
			"Программа за @PATH@ упала. Почему — в её журнале (`journalctl -u` с её юнитом, `docker logs`, журнал ошибок фреймворка). Отвечайте 200 на каждое обновление, знакомое или нет, и ловите ошибки в обработчике: неудачное обновление Telegram шлёт снова и снова, а следующие ждут. Возможно, программа не ожидала именно нашего пустого обновления `{\"update_id\":0}`: тогда ей надо научиться пропускать неизвестные."), "@PATH@", prose(p.path())))
}

// OtherUpstreamDown looks behind the proxy.
func OtherUpstreamDown(p *Params) Remedy {
	return command("other.upstream_down", text("Does the bot run, and where does it listen? The proxy's address must be the one shown (SELinux: `setsebool -P httpd_can_network_connect 1`)",
		"Запущен ли бот и где он слушает? В прокси должен стоять показанный адрес (SELinux: `setsebool -P httpd_can_network_connect 1`)"),
		"ss -ltnp\n", "")
}

// OtherCloudflare explains 52x, where that is what was answered or where
// Cloudflare stands before the server.
func OtherCloudflare(p *Params) Remedy {
	if p.Edge != "cloudflare" && (p.Status < 520 || p.Status > 530) && !p.sample() {
		return Remedy{}
	}
	return note("other.cloudflare", text("Cloudflare's own codes", "Собственные коды Cloudflare"),
		text("520: the server behind Cloudflare answered nonsense or nothing; 521: it refused the connection; 522: no connection in time; 523: no route to it; 524: connected, no answer in time; 525: the handshake failed; 526: mode Full (strict) found no valid certificate there (an Origin CA certificate will do); 530: see the 1xxx code in the body. Admit Cloudflare's networks (cloudflare.com/ips) in the server's firewall, or switch the name to \"DNS only\".",
			"520: сервер за Cloudflare ответил не то или ничего; 521: отказал в соединении; 522: соединение не установилось вовремя; 523: до сервера нет маршрута; 524: соединился, но вовремя не ответил; 525: не удалось рукопожатие; 526: в режиме Full (strict) на сервере нет годного сертификата (подойдёт Origin CA); 530: смотрите код 1xxx в теле ответа. Пропустите сети Cloudflare (cloudflare.com/ips) в межсетевом экране сервера или переключите имя на «DNS only»."))
}

// OtherPaaS explains routers of platforms; a proxy of one's own that names
// itself is none.
func OtherPaaS(p *Params) Remedy {
	if p.Edge == "cloudflare" || p.Edge == "" && len(p.Likely) > 0 {
		return Remedy{}
	}
	return note("other.paas", text("On a platform (Heroku, Render, Fly, Railway)", "На платформе (Heroku, Render, Fly, Railway)"),
		text("The platform's router ends TLS on 443 and calls the program over plain HTTP on the port in the variable PORT: listen on 0.0.0.0 and that port, without TLS, and leave the port out of the webhook URL. 502 and 503 mean that the program listens elsewhere, crashed or sleeps.",
			"Маршрутизатор платформы принимает TLS на 443 и вызывает программу по обычному HTTP на порту из переменной PORT: слушайте 0.0.0.0 и этот порт, без TLS, а в URL вебхука порт не пишите. 502 и 503 значат, что программа слушает не там, упала или спит."))
}

// OtherAnswerFirst tells slow bots to answer first.
func OtherAnswerFirst(p *Params) Remedy {
	return note("other.answer_first", text("Answer first, work later", "Сначала ответ, потом работа"),
		fillText(text("Telegram gives up after 60 s without a byte and sends the update again, so slow work is done twice. Where POST @PATH@ is handled, put the update into a queue or a background task, answer 200 at once, and send messages by the API when the work is done. PHP: fastcgi_finish_request(); Python: asyncio.create_task or a worker; Node: no `await` before the answer.",
			"Через 60 секунд без единого байта Telegram сдаётся и присылает обновление снова, и долгая работа делается дважды. В обработчике POST @PATH@ положите обновление в очередь или фоновую задачу, сразу ответьте 200, а сообщения отправляйте через API, когда работа готова. PHP: fastcgi_finish_request(); Python: asyncio.create_task или отдельный процесс; Node: без `await` до ответа."), "@PATH@", prose(p.path())))
}

// OtherClosed explains answers cut short.
func OtherClosed(p *Params) Remedy {
	return note("other.closed", text("The answer must be whole", "Ответ должен быть целым"),
		fillText(text("The connection closed before the whole answer came. The program died on the POST to @PATH@ (its log), a proxy cut it, Content-Length promises more than is sent, or lines end in a bare LF in place of CRLF. A hand-made server answers with `HTTP/1.1 200 OK`, CRLF, `Content-Length: 0`, CRLF, CRLF.",
			"Соединение закрылось до конца ответа. Программа упала на запросе POST @PATH@ (смотрите её журнал), прокси его оборвал, Content-Length обещает больше, чем отправлено, или строки кончаются на LF вместо CRLF. Самодельный сервер отвечает `HTTP/1.1 200 OK`, CRLF, `Content-Length: 0`, CRLF, CRLF."), "@PATH@", prose(p.path())))
}

// OtherNotHTTP asks for HTTP/1.x.
func OtherNotHTTP(p *Params) Remedy {
	return note("other.not_http", text("Speak HTTP/1.1 within TLS", "Внутри TLS нужен HTTP/1.1"),
		fillText(text("What came within TLS is no HTTP/1.x answer: a server of another protocol, one that knows HTTP/2 alone (Telegram offers no ALPN, so HTTP/1.1 must work), or a TCP proxy to the wrong port. `curl --http1.1 -i @URL@` must show a line that begins with HTTP/1.1.",
			"Внутри TLS пришёл не ответ HTTP/1.x: там сервер другого протокола, сервер с одним HTTP/2 (Telegram не предлагает ALPN, значит HTTP/1.1 должен работать) или TCP-прокси не на тот порт. `curl --http1.1 -i @URL@` должен показать строку, которая начинается с HTTP/1.1."), "@URL@", prose(shell(p.webhookURL()))))
}

// sample tells that the catalogue is asking, which shows every remedy.
func (p *Params) sample() bool { return p.Issuer == Sample().Issuer }
