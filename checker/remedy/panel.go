package remedy

import "strconv"

// PanelCABundle tells where panels take intermediates.
func PanelCABundle(p *Params) Remedy {
	return note("panel.ca_bundle", text("Hosting panels: the field for intermediates", "Панели хостинга: поле для промежуточных"),
		text("cPanel: SSL/TLS, Manage SSL sites, field \"Certificate Authority Bundle (CABUNDLE)\" (\"Autofill by certificate\" fills it). Plesk: SSL/TLS certificates, field \"CA certificate (*-ca.crt)\". ISPmanager: SSL certificates, field \"Certificate chain\". Put in the intermediates without the server's own certificate: the corrected chain from its second block on. Panels with Let's Encrypt built in do it by themselves: issue it again there.",
			"cPanel: SSL/TLS → Manage SSL sites, поле «Certificate Authority Bundle (CABUNDLE)» (его заполнит «Autofill by certificate»). Plesk: «Сертификаты SSL/TLS», поле «Сертификат CA (*-ca.crt)». ISPmanager: «SSL-сертификаты», поле «Цепочка сертификатов». Вставьте промежуточные без сертификата сервера: исправленную цепочку со второго блока. Панели со встроенным Let's Encrypt делают это сами: выпустите сертификат там заново."))
}

// PanelCertificate tells where panels issue certificates.
func PanelCertificate(p *Params) Remedy {
	if p.IsIP {
		return Remedy{}
	}
	return note("panel.certificate", text("Hosting panels: a free certificate from the panel", "Панели хостинга: бесплатный сертификат из самой панели"),
		fillText(text("On shared hosting there is no certbot, the panel issues certificates. cPanel: SSL/TLS Status, tick @HOST@, \"Run AutoSSL\". Plesk: SSL/TLS certificates, \"Install a free basic certificate provided by Let's Encrypt\". ISPmanager: SSL certificates, \"Let's Encrypt\", then choose it in the settings of the site. The panel renews it and sends its chain too; nothing is uploaded to Telegram then.",
			"На виртуальном хостинге certbot недоступен, сертификаты выпускает панель. cPanel: «SSL/TLS Status», отметьте @HOST@, «Run AutoSSL». Plesk: «Сертификаты SSL/TLS» → «Установить бесплатный базовый сертификат от Let's Encrypt». ISPmanager: «SSL-сертификаты» → «Let's Encrypt», затем выберите его в настройках сайта. Панель сама продлевает его и отдаёт цепочку; загружать в Telegram ничего не нужно."), "@HOST@", p.host()))
}

// PanelRedirect tells where panels hide redirects.
func PanelRedirect(p *Params) Remedy {
	return note("panel.redirect", text("Hosting panels: where redirects come from", "Панели хостинга: откуда берутся перенаправления"),
		fillText(text("Look for \"Force HTTPS\", \"preferred domain (www)\" and redirect lists in the panel, and for `RewriteRule` and `Redirect` in .htaccess. Put these two lines right after `RewriteEngine on` in .htaccess: `RewriteCond %{REQUEST_URI} @COND@` and `RewriteRule ^ - [END]`. CMS plug-ins add slashes and www by themselves: a file outside of the CMS is not touched by them.",
			"Поищите в панели «принудительный HTTPS», «предпочтительный домен (www)» и список перенаправлений, а в .htaccess — `RewriteRule` и `Redirect`. Сразу после `RewriteEngine on` в .htaccess поставьте две строки: `RewriteCond %{REQUEST_URI} @COND@` и `RewriteRule ^ - [END]`. Плагины CMS сами дописывают косую черту и www: файл вне CMS они не трогают."), "@COND@", p.rewritePattern()))
}

// PanelModSecurity is a text for the host's support.
func PanelModSecurity(p *Params) Remedy {
	return note("panel.modsecurity", text("Shared hosting: a text for the support", "Виртуальный хостинг: текст в поддержку"),
		fillText(text("\"Please except POST requests to @HOST@@PATH@ from @NETS@ (Telegram's webhooks) from ModSecurity, bot protection and country filters. They come without User-Agent and Accept headers, with Content-Type application/json, and are answered with status @STATUS@ now.\"",
			"«Прошу исключить из ModSecurity, защиты от ботов и фильтров по странам запросы POST на @HOST@@PATH@ с адресов @NETS@ (вебхуки Telegram). Они приходят без заголовков User-Agent и Accept, с Content-Type application/json; сейчас на них отвечают статусом @STATUS@»."),
			"@HOST@", p.host(), "@PATH@", prose(p.path()), "@NETS@", nets(), "@STATUS@", statusWord(p.Status)))
}

// statusWord is the refusal to quote; 403 is what such filters answer.
func statusWord(status int) string {
	if status >= 400 && status < 600 {
		return strconv.Itoa(status)
	}
	return "403"
}
