package remedy

import "strings"

// OtherListening looks whether anything listens.
func OtherListening(p *Params) Remedy {
	return command("other.listening", fillText(text("What listens on port @PORT@? Nothing shown: start the bot or the web server. 127.0.0.1 shown: bind to 0.0.0.0",
		"Что слушает порт @PORT@? Пусто: запустите бота или веб-сервер. Показан 127.0.0.1: слушайте 0.0.0.0"), "@PORT@", p.port()),
		"ss -ltnp 'sport = :"+p.port()+"'\n", "")
}

// OtherBindAll explains addresses to listen on.
func OtherBindAll(p *Params) Remedy {
	return note("other.bind_all", text("Listen on 0.0.0.0, not on 127.0.0.1", "Слушать 0.0.0.0, а не 127.0.0.1"),
		fillText(text("A program bound to 127.0.0.1 or localhost refuses everyone from outside. nginx: `listen @PORT@ ssl;`; Apache: `Listen @PORT@`; HAProxy: `bind :@PORT@ …`; Node: `.listen(@PORT@, '0.0.0.0')`; Python: host=\"0.0.0.0\"; Go: `:@PORT@`. In Docker the port is published as well: `-p @PORT@:@PORT@`. Behind a reverse proxy 127.0.0.1 is right, and it is the proxy that must listen here.",
			"Программа, привязанная к 127.0.0.1 или localhost, отказывает всем снаружи. nginx: `listen @PORT@ ssl;`; Apache: `Listen @PORT@`; HAProxy: `bind :@PORT@ …`; Node: `.listen(@PORT@, '0.0.0.0')`; Python: host=\"0.0.0.0\"; Go: `:@PORT@`. В Docker порт надо ещё опубликовать: `-p @PORT@:@PORT@`. За обратным прокси 127.0.0.1 правилен, и тогда здесь должен слушать прокси."), "@PORT@", p.port()))
}

// OtherDockerPorts explains published ports.
func OtherDockerPorts(p *Params) Remedy {
	return note("other.docker_ports", text("Docker: is the port published?", "Docker: опубликован ли порт?"),
		fillText(text("`docker ps` must show 0.0.0.0:@PORT@->… for the container; 127.0.0.1:@PORT@-> is reachable from the host alone, and EXPOSE publishes nothing. Within the container the bot listens on 0.0.0.0. Published ports pass ufw by (Docker writes its own iptables rules): limit them in the chain DOCKER-USER, as the fixes for iptables here do.",
			"`docker ps` должна показывать у контейнера 0.0.0.0:@PORT@->…; 127.0.0.1:@PORT@-> доступен только с самого хоста, а EXPOSE ничего не публикует. Внутри контейнера бот слушает 0.0.0.0. Опубликованные порты идут мимо ufw (Docker пишет свои правила iptables): ограничивайте их в цепочке DOCKER-USER: это делают и здешние исправления для iptables."), "@PORT@", p.port()))
}

// OtherCloudFirewall points to the firewall before the machine.
func OtherCloudFirewall(p *Params) Remedy {
	return note("other.cloud_firewall", text("The provider's own firewall", "Межсетевой экран самого провайдера"),
		fillText(text("Clouds filter before the machine: security group (AWS, Yandex Cloud, Selectel), VPC firewall rule (Google Cloud), network security group (Azure), security list (Oracle, which also ships iptables rules that reject in the image), Cloud Firewall (DigitalOcean, Hetzner). Allow inbound TCP @PORT@ from 0.0.0.0/0, or from @NETS@ alone.",
			"Облака фильтруют до самой машины: группа безопасности (AWS, Yandex Cloud, Selectel), правило VPC (Google Cloud), NSG (Azure), security list (Oracle, где запрещающие правила iptables есть и в образе), Cloud Firewall (DigitalOcean, Hetzner). Разрешите входящий TCP @PORT@ с 0.0.0.0/0 или только с @NETS@."), "@PORT@", p.port(), "@NETS@", nets()))
}

// OtherKnock shows Telegram's own packets.
func OtherKnock(p *Params) Remedy {
	return command("other.knock",
		text("See whether Telegram knocks: for two minutes (write to the bot meanwhile). Packets shown with no answer: a firewall on this host; nothing shown: one before it, or Telegram waits between retries",
			"Посмотреть, стучится ли Telegram: две минуты (тем временем напишите боту). Пакеты есть, ответов нет: межсетевой экран на этом сервере; пакетов нет: межсетевой экран перед ним или Telegram ждёт до следующей попытки"),
		"timeout 120 tcpdump -c 20 -nni any '"+knockFilter(p.port())+"' || true\n", "")
}

// OtherTestFromServer tests past the outer firewall.
func OtherTestFromServer(p *Params) Remedy {
	option := ""
	if p.IsIP {
		option = "hookcheck check --connect-to 127.0.0.1 " + shell(p.urlHost()+":"+p.port())
	} else {
		option = "hookcheck check --connect-to 127.0.0.1 " + shell(p.host()+":"+p.port())
	}
	return note("other.test_from_server", text("Test from the server itself", "Проверьте с самого сервера"),
		fillText(text("On the server `@CMD@` leaves name and firewall out and judges TLS and certificate. If only Telegram's networks are admitted that is fine, and this check cannot see it from outside: `pending_update_count` going down and no new `last_error_date` in getWebhookInfo tell that it works.",
			"На сервере `@CMD@` проверит TLS и сертификат в обход DNS и межсетевого экрана. Если пропускаются только сети Telegram, это нормально, но снаружи не видно: что всё работает, скажет getWebhookInfo — `pending_update_count` убывает, `last_error_date` не обновляется."), "@CMD@", option))
}

// OtherBlocking names blocks between networks.
func OtherBlocking(p *Params) Remedy {
	return note("other.blocking", text("Blocked on the way", "Блокировка по пути"),
		text("Some providers and countries filter Telegram's networks in either direction: the site opens for you and Telegram times out. Packets from "+nets()+" that never arrive (tcpdump) while other foreign addresses do tell of it. A server elsewhere, or a small proxy before this one, is then the way.",
			"Некоторые провайдеры и страны фильтруют сети Telegram в ту или другую сторону: у вас сайт открывается, а у Telegram время истекает. Признак: пакеты из "+nets()+" не приходят (tcpdump), а с других зарубежных адресов приходят. Тогда нужен сервер в другом месте или небольшой прокси перед этим."))
}

// OtherElsewhere asks for a check from outside.
func OtherElsewhere(p *Params) Remedy {
	return note("other.elsewhere", text("Check from another network", "Проверьте из другой сети"),
		fillText(text("This machine owns the address, so no packet passed the firewall or the router. Run the check from another network (a laptop on mobile data will do): `hookcheck check @HOST@:@PORT@`.",
			"Адрес принадлежит этой же машине: ни один пакет не прошёл через межсетевой экран и роутер. Запустите проверку из другой сети (хватит ноутбука с мобильным интернетом): `hookcheck check @HOST@:@PORT@`."), "@HOST@", p.urlHost(), "@PORT@", p.port()))
}

// OtherLookHere lists what to look at on the host.
func OtherLookHere(p *Params) Remedy {
	return command("other.look_here", text("What this machine lets in", "Что пропускает эта машина"),
		"ss -ltnp 'sport = :"+p.port()+"' || true\n"+
			"ip -4 route get "+TelegramRanges()[0].Addr().Next().String()+" || true\n"+
			"if command -v ufw >/dev/null; then ufw status verbose || true; fi\n"+
			"if command -v firewall-cmd >/dev/null; then firewall-cmd --list-all || true; fi\n"+
			"if command -v iptables >/dev/null; then iptables -w -S || true; fi\n"+
			"if command -v nft >/dev/null; then nft list ruleset || true; fi\n", "")
}

// OtherRouting looks at address and routes.
func OtherRouting(p *Params) Remedy {
	return note("other.routing", text("Address and route", "Адрес и маршрут"),
		fillText(text("\"No route to host\" and \"network is unreachable\" come from a router or a firewall that rejects with icmp. Is @IP@ really this server's address (`ip -4 addr` on it)? Does the server have a default route (`ip route`)? Is it switched on, and the address not moved to another machine? A rule `REJECT --reject-with icmp-host-prohibited` (the default of older RHEL and of Oracle's images; firewalld refuses in the same way) gives the same answer: open the port before it.",
			"«No route to host» и «network is unreachable» присылает маршрутизатор или межсетевой экран с отказом по icmp. Действительно ли @IP@ — адрес этого сервера (`ip -4 addr` на нём)? Есть ли маршрут по умолчанию (`ip route`)? Включён ли сервер, не перенесён ли адрес на другую машину? Тот же ответ даёт правило `REJECT --reject-with icmp-host-prohibited` (по умолчанию в старых RHEL и образах Oracle; так же отказывает и firewalld): откройте порт перед ним."), "@IP@", orWord(p.ip())))
}

// OtherCGNAT explains shared addresses.
func OtherCGNAT(p *Params) Remedy {
	r := OtherPortForwarding(p)
	r.ID = "other.cgnat"
	r.Title = text("A home connection: router and shared addresses", "Домашний интернет: роутер и общий адрес")
	return r
}

// OtherReset lists what resets connections.
func OtherReset(p *Params) Remedy {
	return note("other.reset", text("Who resets the connection?", "Кто сбрасывает соединение?"),
		fillText(text("A reset comes from the program (it died: see its log), from a proxy whose target is gone, from a WAF or DDoS filter of the provider, or from a filter on the way. On the server `tcpdump -nni any 'tcp port @PORT@ and tcp[tcpflags] & tcp-rst != 0'` shows whether this host sends it; if it does not, ask the provider to admit @NETS@.",
			"Сброс присылает сама программа (она упала: смотрите её журнал), прокси, за которым никого нет, WAF или защита от DDoS у провайдера либо фильтр по пути. На сервере `tcpdump -nni any 'tcp port @PORT@ and tcp[tcpflags] & tcp-rst != 0'` покажет, он ли это делает; если нет, попросите провайдера пропустить @NETS@."), "@PORT@", p.port(), "@NETS@", nets()))
}

// OtherFail2ban unbans Telegram.
func OtherFail2ban(p *Params) Remedy {
	return note("other.fail2ban", text("fail2ban may have banned Telegram", "fail2ban мог заблокировать Telegram"),
		fillText(text("Retries after errors look like an attack. `fail2ban-client status` lists the jails, `fail2ban-client banned` the addresses. Put `ignoreip = 127.0.0.1/8 @NETS@` into the section `[DEFAULT]` of /etc/fail2ban/jail.local, in place of the line that is there, and run `fail2ban-client reload`.",
			"Повторы после ошибок похожи на атаку. Список jail покажет `fail2ban-client status`, адреса — `fail2ban-client banned`. Поставьте `ignoreip = 127.0.0.1/8 @NETS@` в секцию `[DEFAULT]` файла /etc/fail2ban/jail.local вместо прежней строки и выполните `fail2ban-client reload`."), "@NETS@", strings.ReplaceAll(nets(), ",", "")))
}

// OtherWhoOwnsPort finds the service that answers.
func OtherWhoOwnsPort(p *Params) Remedy {
	return command("other.who_owns_port", fillText(text("Which service owns port @PORT@? Move it, or use another of 443, 80, 88, 8443 for the webhook",
		"Какая служба занимает порт @PORT@? Перенесите её или возьмите для вебхука другой из 443, 80, 88, 8443"), "@PORT@", p.port()),
		"ss -ltnp 'sport = :"+p.port()+"'\n", "")
}

// OtherTLSLog tells where the server says why it closed.
func OtherTLSLog(p *Params) Remedy {
	return note("other.tls_log", text("The server's log names the reason", "Причину назовёт журнал сервера"),
		fillText(text("A server that closes in the handshake writes why: nginx `error_log … info;` and /var/log/nginx/error.log, Apache `LogLevel ssl:info`, HAProxy `option dontlognull` off, the program's own output (`journalctl -u` with its unit; `ss -ltnp 'sport = :@PORT@'` names the program on the port). Usual: no certificate loaded, a key that does not fit, a PROXY protocol line awaited, a limit or ban of the address.",
			"Сервер, который закрывает соединение при рукопожатии, пишет почему: nginx — `error_log … info;` и /var/log/nginx/error.log, Apache — `LogLevel ssl:info`, HAProxy — без `option dontlognull`, сама программа — её вывод (`journalctl -u` с её юнитом; чей это порт, покажет `ss -ltnp 'sport = :@PORT@'`). Обычно: не загружен сертификат, не подходит ключ, ожидается строка протокола PROXY, адрес ограничен или заблокирован."), "@PORT@", p.port()))
}

// OtherHungProcess looks at a process that accepts and says nothing.
func OtherHungProcess(p *Params) Remedy {
	return note("other.hung_process", text("Connected, then silence", "Соединение есть, ответа нет"),
		fillText(text("The kernel accepts connections for a program that no longer reads them. `ss -ltnp 'sport = :@PORT@'`: a Recv-Q at its Send-Q means a full backlog. Restart the program, look what it was busy with (a blocking call in an asynchronous handler, one worker alone), or whether it waits for a PROXY protocol line or the peer behind a TCP proxy is gone.",
			"Ядро принимает соединения за программу, которая их больше не читает. `ss -ltnp 'sport = :@PORT@'`: Recv-Q, равный Send-Q, — очередь заполнена. Перезапустите программу и посмотрите, чем она занята (блокирующий вызов в асинхронном обработчике, единственный процесс), не ждёт ли строку протокола PROXY и жив ли сервер за TCP-прокси."), "@PORT@", p.port()))
}

// OtherDefaultCertificate explains the certificate without SNI.
func OtherDefaultCertificate(p *Params) Remedy {
	return note("other.default_certificate", text("Nothing to repair", "Чинить нечего"),
		text("Telegram sends the name (SNI), so the certificate shown without it does not matter. Checkers that send no name see the other one and disagree. For an IP host it would matter: no name is sent there.",
			"Telegram передаёт имя (SNI), и сертификат без имени не важен. Программы проверки, которые имени не передают, видят другой сертификат и выносят другой вердикт. Для IP-адреса это было бы важно: там имя не передаётся."))
}

// OtherClientCert stops demanding client certificates.
func OtherClientCert(p *Params) Remedy {
	return note("other.client_certificate", text("Telegram has no client certificate to show", "У Telegram нет клиентского сертификата"),
		fillText(text("Switch the demand off for @PATH@ on port @PORT@ of @HOST@, or give the webhook a port or a name of its own without it. Node: `requestCert: false`; Python: `context.verify_mode = ssl.CERT_NONE`; Java: `clientAuth=false` (Spring Boot: server.ssl.client-auth=none); Cloudflare: API Shield mTLS rules, not \"authenticated origin pulls\" alone. The secret token tells Telegram's requests from others.",
			"Отключите требование для @PATH@ на порту @PORT@ у @HOST@ или дайте вебхуку отдельный порт или имя без него. Node: `requestCert: false`; Python: `context.verify_mode = ssl.CERT_NONE`; Java: `clientAuth=false` (Spring Boot: server.ssl.client-auth=none); Cloudflare: правила mTLS в API Shield, а не только «authenticated origin pulls». Запросы Telegram от чужих отличает secret_token."), "@PATH@", prose(p.path()), "@PORT@", p.port(), "@HOST@", p.host()))
}

// OtherLocalAPI tells of the self-hosted server.
func OtherLocalAPI(p *Params) Remedy {
	return note("other.local_api", text("A Bot API server of your own has no such rule", "У собственного сервера Bot API такого правила нет"),
		fillText(text("The published telegram-bot-api server, run by yourself with `--local`, accepts http, any port and any address. Call logOut at api.telegram.org first, then setWebhook at your own server, which listens on 8081: `curl -F @URL@ \"http://127.0.0.1:8081/bot<TOKEN>/setWebhook\"`.",
			"Опубликованный сервер telegram-bot-api, запущенный у себя с `--local`, принимает http, любой порт и любой адрес. Сначала вызовите logOut на api.telegram.org, затем setWebhook на своём сервере, он слушает порт 8081: `curl -F @URL@ \"http://127.0.0.1:8081/bot<TOKEN>/setWebhook\"`."), "@URL@", prose(shell("url="+printable(p.URL)))))
}
