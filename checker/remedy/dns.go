package remedy

import "strings"

// publicIP is the address for an A record, and whether we know it.
func (p *Params) publicIP() string {
	if ip := p.ip(); ip != "" && !strings.Contains(ip, ":") {
		return ip
	}
	return ""
}

// DNSARecord tells which record to add.
func DNSARecord(p *Params) Remedy {
	return note("dns.a_record", text("Add an A record", "Добавьте запись A"),
		fillText(text("At the DNS provider of the domain, add a record of type A named @HOST@ with the server's public IPv4 address, which `curl -4 -s https://api.ipify.org` prints on the server. `dig +short A @HOST@ @1.1.1.1` must then answer with it. If the domain itself is unknown: is it paid for, and do the name servers at the registrar (`dig +short NS`) belong to the provider where the record stands?",
			"У DNS-провайдера домена добавьте запись типа A с именем @HOST@ и публичным IPv4-адресом сервера; его покажет `curl -4 -s https://api.ipify.org` на самом сервере. После этого `dig +short A @HOST@ @1.1.1.1` должна отвечать этим адресом. Если не найден сам домен: оплачен ли он и те ли серверы имён указаны у регистратора (`dig +short NS`)?"), "@HOST@", p.host()))
}

// DNSARecordIPv4 adds IPv4 beside IPv6.
func DNSARecordIPv4(p *Params) Remedy {
	return note("dns.a_record_ipv4", text("Add an A record beside the AAAA record", "Добавьте запись A рядом с AAAA"),
		fillText(text("Telegram connects by IPv4 alone. Add an A record for @HOST@ with the server's public IPv4 address (`ip -4 addr` or the provider's panel shows it); the AAAA record may stay.",
			"Telegram подключается только по IPv4. Добавьте для @HOST@ запись A с публичным IPv4-адресом сервера (его покажет `ip -4 addr` или панель провайдера); запись AAAA может остаться."), "@HOST@", p.host()))
}

// DNSWait tells how long an answer is kept.
func DNSWait(p *Params) Remedy {
	return note("dns.wait", text("A new record takes a while", "Новая запись появляется не сразу"),
		fillText(text("A new record shows when the old answer, or the old \"no such name\", has left the caches: usually minutes, at most the TTL of the zone's SOA. Telegram keeps an answer for about 30 minutes. `dig A @HOST@` shows what is left.",
			"Новая запись видна, когда старый ответ (или старое «нет такого имени») уйдёт из кэшей: обычно минуты, самое большее TTL из SOA зоны. Telegram помнит ответ около 30 минут. Остаток покажет `dig A @HOST@`."), "@HOST@", p.host()))
}

// DNSPublicAddress replaces a private address.
func DNSPublicAddress(p *Params) Remedy {
	return note("dns.public_address", text("Have the name lead to a public address", "Направьте имя на публичный адрес"),
		fillText(text("@HOST@ leads to @IP@, an address that Telegram refuses to call. Put the server's public IPv4 address into the A record; `curl -4 -s https://api.ipify.org` on the server prints it. A record for the inner network belongs into the inner DNS alone.",
			"@HOST@ ведёт на @IP@ — адрес, к которому Telegram не подключается. Поставьте в запись A публичный IPv4-адрес сервера; его покажет `curl -4 -s https://api.ipify.org` на сервере. Запись для внутренней сети держите только во внутреннем DNS."),
			"@HOST@", p.host(), "@IP@", orWord(p.ip())))
}

func orWord(s string) string {
	if s == "" {
		return "?"
	}
	return s
}

// DNSRemoveOdd repairs the addresses that answer differently.
func DNSRemoveOdd(p *Params) Remedy {
	odd := make([]string, 0, len(p.OtherIPs))
	for _, ip := range p.OtherIPs {
		odd = append(odd, prose(ip))
	}
	return note("dns.remove_odd", text("Repair or remove the odd address", "Почините или уберите адрес, который отвечает иначе"),
		fillText(text("Answers otherwise: @ODD@. Either set that server up like the others (same certificate, same bot) or take its A record out of @HOST@. Telegram takes the first address of the answer, and DNS servers change the order.",
			"Отвечают иначе: @ODD@. Настройте этот сервер так же, как остальные (тот же сертификат, тот же бот), или уберите его запись A у @HOST@. Telegram берёт первый адрес из ответа, а порядок серверы имён меняют."),
			"@ODD@", orWord(strings.Join(odd, ", ")), "@HOST@", p.host()))
}

// DNSGetName gives an address a name.
func DNSGetName(p *Params) Remedy {
	return note("dns.get_name", text("Use a name in place of the bare address", "Используйте имя вместо голого адреса"),
		fillText(text("Any domain or subdomain will do, free ones too. Add an A record to @IP@, get a certificate for the name by certbot or Caddy, and give setWebhook the URL with the name; nothing is uploaded then.",
			"Подойдёт любой домен или поддомен, в том числе бесплатный. Добавьте запись A на @IP@, получите сертификат на имя через certbot или Caddy и передайте в setWebhook URL с именем; загружать тогда ничего не нужно."), "@IP@", orWord(p.ip())))
}

// OtherIPv4Proxy puts something with IPv4 before the server.
func OtherIPv4Proxy(p *Params) Remedy {
	return note("other.ipv4_proxy", text("A proxy with an IPv4 address", "Прокси с IPv4-адресом"),
		fillText(text("If the server has no IPv4 address: put a small host or a CDN that has one before it and let the A record of @HOST@ lead there. HAProxy on such a host needs six lines: a frontend in `mode tcp` bound to :@PORT@ and a backend with `server bot [IPv6 address]:@PORT@`; the certificate stays on the bot's server.",
			"Если у сервера нет IPv4: поставьте перед ним небольшой хост или CDN с IPv4 и направьте туда запись A @HOST@. В HAProxy это шесть строк: frontend в `mode tcp` на :@PORT@ и backend с `server bot [IPv6-адрес]:@PORT@`; сертификат остаётся на сервере бота."),
			"@HOST@", p.host(), "@PORT@", p.frontPort()))
}

// OtherPortForwarding forwards a port on the router.
func OtherPortForwarding(p *Params) Remedy {
	return note("other.port_forwarding", text("Port forwarding on the router", "Проброс порта на роутере"),
		fillText(text("If the server stands behind a router with a public address: forward TCP port @PORT@ on the router to the server's inner address, and let @HOST@ lead to the router's public address. If the address on the router's WAN side begins with 10., 100.64-127., 172.16-31. or 192.168., the provider shares one address among many (CGNAT) and forwarding cannot work: ask for a public address or use a tunnel.",
			"Если сервер за роутером с публичным адресом: пробросьте TCP-порт @PORT@ с роутера на внутренний адрес сервера, а @HOST@ направьте на публичный адрес роутера. Если адрес WAN у роутера начинается с 10., 100.64-127., 172.16-31. или 192.168., провайдер делит один адрес на многих (CGNAT) и проброс не поможет: попросите публичный адрес или возьмите туннель."),
			"@PORT@", p.frontPort(), "@HOST@", p.host()))
}

// OtherTunnel names the ways without a public address.
func OtherTunnel(p *Params) Remedy {
	return note("other.tunnel", text("A tunnel, or getUpdates", "Туннель или getUpdates"),
		fillText(text("Without a public address: a tunnel whose far end has one (cloudflared, ngrok, or `ssh -R` to a small server with nginx), with its public https URL given to setWebhook. It must lead to the bot at @ADDR@. Or no webhook at all: deleteWebhook, then getUpdates, which only needs connections outward.",
			"Без публичного адреса: туннель, у которого он есть на другом конце (cloudflared, ngrok или `ssh -R` на небольшой сервер с nginx); в setWebhook передайте его публичный URL с https. Он должен вести на бота по адресу @ADDR@. Или вовсе без вебхука: deleteWebhook и затем getUpdates, которому нужны только исходящие соединения."),
			"@ADDR@", "127.0.0.1:"+p.botPort()))
}
