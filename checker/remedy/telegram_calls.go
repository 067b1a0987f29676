package remedy

import (
	"net/url"
	"strings"

	"hookcheck/internal/lang"
)

// callRemedy is a remedy that makes a setWebhook call. Its undo takes away the
// file that it wrote; the settings of before are known to the user alone.
func callRemedy(p *Params, id string, title lang.Text, body string) Remedy {
	r := anywhere(id, title, body+"\n", p.dropUpload())
	r.Where = whatIsReset
	r.Apply = "curl " + api("getWebhookInfo") + "\n"
	return r
}

// TelegramSetWebhook is the call that fits the situation found.
func TelegramSetWebhook(p *Params) Remedy {
	return callRemedy(p, "telegram.set_webhook",
		text("Set the webhook with what belongs to it", "Задайте вебхук с нужными параметрами"),
		p.callAnew())
}

func upload(p *Params, id string, title lang.Text) Remedy {
	if p.uploadPath() == "" {
		q := *p
		q.Upload = "leaf"
		p = &q
	}
	r := callRemedy(p, id, title, p.call(p.webhookURL(), p.uploadPath()))
	if p.writeUpload() == "" {
		r.Where = fillText(lang.Text{EN: whatIsReset.EN + ". Put the certificate in PEM form at @FILE@ first",
			RU: whatIsReset.RU + ". Сначала положите сертификат в формате PEM в @FILE@"}, "@FILE@", p.uploadPath())
	}
	return r
}

// TelegramUploadPresented uploads the self-signed certificate that the server
// presents.
func TelegramUploadPresented(p *Params) Remedy {
	q := *p
	if q.Upload != "leaf" && q.Upload != "given" {
		q.Upload = "leaf"
	}
	return upload(&q, "telegram.upload_presented",
		text("Upload the certificate that the server presents", "Загрузите сертификат, который предъявляет сервер"))
}

// TelegramUploadRoot uploads the private CA's root.
func TelegramUploadRoot(p *Params) Remedy {
	q := *p
	q.Upload = "root"
	return upload(&q, "telegram.upload_root",
		text("Upload the root that the chain ends at", "Загрузите корневой сертификат, которым заканчивается цепочка"))
}

// TelegramUploadMade uploads the certificate that the recipes for a self-signed
// one have made.
func TelegramUploadMade(p *Params) Remedy {
	q := *p
	q.UploadPEM = "" // the certificate of before
	pem, _ := p.ownFiles()
	return callRemedy(&q, "telegram.upload_made",
		fillText(text("Then upload the new certificate, @PEM@, where it was made", "Затем загрузите новый сертификат, @PEM@, с той машины, где он создан"), "@PEM@", pem),
		q.call(q.webhookURL(), pem))
}

// TelegramUploadNeeded uploads whatever this situation calls for.
func TelegramUploadNeeded(p *Params) Remedy {
	if p.uploadPath() == "" {
		return callRemedy(p, "telegram.upload_needed",
			text("Call setWebhook without a file: none is needed here", "Вызовите setWebhook без файла: здесь он не нужен"),
			p.callAnew())
	}
	return upload(p, "telegram.upload_needed",
		text("Upload the right file, as a file part of the form", "Загрузите правильный файл отдельной частью формы"))
}

// TelegramUploadNothing calls setWebhook without a certificate.
func TelegramUploadNothing(p *Params) Remedy {
	q := *p
	q.Upload, q.UploadPEM = "none", ""
	return callRemedy(&q, "telegram.upload_nothing",
		text("Set the webhook without a certificate and see", "Задайте вебхук без сертификата и посмотрите на результат"),
		q.callAnew())
}

// TelegramClearCertificate takes a needless upload away. A certificate stood
// there before, so the call does change the webhook.
func TelegramClearCertificate(p *Params) Remedy {
	q := *p
	q.Upload = "none"
	return callRemedy(&q, "telegram.clear_certificate",
		text("Set the webhook again without `certificate`: the uploaded file is dropped",
			"Задайте вебхук ещё раз без `certificate`: загруженный файл больше не действует"),
		q.call(q.webhookURL(), ""))
}

// TelegramHTTPSURL sets an https URL on a supported port.
func TelegramHTTPSURL(p *Params) Remedy {
	return callRemedy(p, "telegram.https_url",
		text("Give setWebhook the https URL", "Передайте в setWebhook URL с https"),
		p.call(p.webhookURL(), p.uploadPath()))
}

// TelegramSupportedPort sets the URL with a port that Telegram connects to.
func TelegramSupportedPort(p *Params) Remedy {
	return callRemedy(p, "telegram.supported_port",
		text("Once the port answers, give setWebhook the URL with it", "Когда порт ответит, передайте в setWebhook URL с ним"),
		p.call(p.webhookURL(), p.uploadPath()))
}

// TelegramFinalURL sets the URL that a redirect leads to.
func TelegramFinalURL(p *Params) Remedy {
	final := p.resolveLocation()
	if final == "" || final == p.webhookURL() {
		return Remedy{}
	}
	return callRemedy(p, "telegram.final_url",
		text("Give setWebhook the address that the redirect leads to: Telegram follows none",
			"Передайте в setWebhook URL, на который ведёт перенаправление: Telegram за ним не идёт"),
		p.call(final, p.uploadPath()))
}

// TelegramUseCertificateName sets the URL with a name that the certificate is
// valid for.
func TelegramUseCertificateName(p *Params) Remedy {
	for _, name := range p.Names {
		if strings.ContainsAny(name, "*:") || hostName(name) != name || name == p.host() || !strings.Contains(name, ".") {
			continue
		}
		return callRemedy(p, "telegram.use_certificate_name",
			text("If that name leads to this server too: give setWebhook the URL with the certificate's name",
				"Если это имя тоже ведёт на этот сервер: передайте в setWebhook URL с именем из сертификата"),
			p.call(p.urlOn(name)+fullPath(p), p.uploadPath()))
	}
	return Remedy{}
}

func fullPath(p *Params) string {
	if path := printable(p.Path); strings.HasPrefix(path, "/") {
		return path
	}
	return "/"
}

// TelegramPinAddress pins one address of several.
func TelegramPinAddress(p *Params) Remedy {
	ip := p.ip()
	if ip == "" || strings.Contains(ip, ":") {
		return Remedy{}
	}
	unpinned := *p
	unpinned.Pinned = ""
	r := callRemedy(p, "telegram.ip_address",
		text("Pin the address that works, whatever the name resolves to", "Закрепите рабочий адрес, что бы ни отвечал DNS"),
		unpinned.call(p.webhookURL(), p.uploadPath(), "-F "+shellAlways("ip_address="+ip)))
	r.Undo = unpinned.call(p.webhookURL(), p.uploadPath()) + "\n"
	return r
}

// TelegramSendSecret sets the webhook with the secret that the bot compares.
func TelegramSendSecret(p *Params) Remedy {
	q := *p
	q.SecretGiven = true
	return callRemedy(&q, "telegram.send_secret",
		text("Set the webhook with the secret token that the bot expects", "Задайте вебхук с секретным токеном, которого ждёт бот"),
		q.call(q.webhookURL(), q.uploadPath()))
}

// TelegramSecretToken moves the secret out of the path.
func TelegramSecretToken(p *Params) Remedy {
	q := *p
	q.SecretGiven = true
	r := callRemedy(&q, "telegram.secret_token",
		text("Use a path that says nothing and a secret_token; have the bot compare the header X-Telegram-Bot-Api-Secret-Token. <SECRET> is up to 256 of A-Z a-z 0-9 _ -, such as `openssl rand -hex 32` prints",
			"Возьмите ничего не говорящий путь и secret_token; бот должен сверять заголовок X-Telegram-Bot-Api-Secret-Token. <SECRET>: до 256 знаков A-Z a-z 0-9 _ -, например вывод `openssl rand -hex 32`"),
		q.call(q.urlOn(q.urlHost())+"/webhook", q.uploadPath()))
	return r
}

// TelegramCheck asks what Telegram thinks of the webhook.
func TelegramCheck(*Params) Remedy {
	r := anywhere("telegram.get_webhook_info",
		text("See what Telegram says now: last_error_date tells whether last_error_message is an old one",
			"Посмотрите, что говорит Telegram: last_error_date покажет, не старая ли ошибка в last_error_message"),
		"curl "+api("getWebhookInfo")+"\n", "")
	return r
}

// TelegramDeleteWebhook clears the webhook and keeps waiting updates.
func TelegramDeleteWebhook(p *Params) Remedy {
	r := anywhere("telegram.delete_webhook",
		text("Clear the webhook; waiting updates are kept", "Снимите вебхук; ожидающие обновления сохранятся"),
		deleteWebhook()+"\n", p.writeUpload()+setWebhook(p, p.webhookURL(), p.uploadPath())+"\n")
	return r
}

// TelegramBrowserLink is the call as a link, possible where no file is sent.
func TelegramBrowserLink(p *Params) Remedy {
	if p.uploadPath() != "" {
		return Remedy{}
	}
	link := "https://api.telegram.org/bot<TOKEN>/setWebhook?url=" + keepMarks(url.QueryEscape(p.webhookURL()))
	if p.SecretGiven {
		link += "&secret_token=<SECRET>"
	}
	return note("telegram.browser_link",
		text("The same call from a browser", "Тот же вызов из браузера"),
		fillText(text("Open `@LINK@`. The link holds the bot's token: use a private window and share it with nobody. Parameters left out (secret_token, ip_address, max_connections, certificate) are reset.",
			"Откройте `@LINK@`. В ссылке токен бота: откройте её в приватном окне и никому не передавайте. Непереданные параметры (secret_token, ip_address, max_connections, certificate) сбрасываются."), "@LINK@", link))
}

func keepMarks(escaped string) string {
	return strings.ReplaceAll(escaped, "%3CTOKEN%3E", "<TOKEN>")
}
