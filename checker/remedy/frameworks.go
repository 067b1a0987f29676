package remedy

import "strings"

func (p *Params) secretArgument(format string) string {
	if !p.SecretGiven {
		return ""
	}
	return format
}

// PHPSetWebhook sends the file as a file: a path or its text as a plain field
// is taken for no certificate at all.
func PHPSetWebhook(p *Params) Remedy {
	file := ""
	if path := p.uploadPath(); path != "" {
		file = "    'certificate' => new CURLFile(" + phpString(path) + ", 'application/x-pem-file', 'webhook.pem'),\n"
	}
	return program("php.set_webhook", text("PHP: the file as CURLFile, never as a string", "PHP: файл как CURLFile, а не строкой"),
		fill(`$request = curl_init('https://api.telegram.org/bot<TOKEN>/setWebhook');
curl_setopt($request, CURLOPT_RETURNTRANSFER, true);
curl_setopt($request, CURLOPT_POSTFIELDS, [
    'url' => @URL@,
@FILE@@SECRET@]);
echo curl_exec($request);
`, "@URL@", phpString(p.webhookURL()), "@FILE@", file, "@SECRET@", p.secretArgument("    'secret_token' => '<SECRET>',\n")))
}

// PythonSetWebhook sends the same call by requests.
func PythonSetWebhook(p *Params) Remedy {
	file := ""
	if path := p.uploadPath(); path != "" {
		file = "    files={\"certificate\": open(" + pythonString(path) + ", \"rb\")},\n"
	}
	return program("python.set_webhook", text("Python: the file in `files`, never as a string in `data`", "Python: файл в `files`, а не строкой в `data`"),
		fill(`import requests
print(requests.post(
    "https://api.telegram.org/bot<TOKEN>/setWebhook",
    data={"url": @URL@@SECRET@},
@FILE@    timeout=30,
).text)
`, "@URL@", pythonString(p.webhookURL()), "@SECRET@", p.secretArgument(`, "secret_token": "<SECRET>"`), "@FILE@", file))
}

// PythonTelegramBot shows run_webhook's arguments.
func PythonTelegramBot(p *Params) Remedy {
	path := strings.TrimPrefix(p.path(), "/")
	cert := ""
	if up := p.uploadPath(); up != "" {
		cert = "    cert=" + pythonString(up) + ",\n    key=" + pythonString(p.file(".key")) + ",\n"
	}
	return program("python.telegram_bot", text("python-telegram-bot: run_webhook (`cert` and `key` where the bot ends TLS itself; behind a proxy leave both out and listen on 127.0.0.1)",
		"python-telegram-bot: run_webhook (`cert` и `key`, если TLS принимает сам бот; за прокси оба не нужны, слушайте 127.0.0.1)"),
		fill(`application.run_webhook(
    listen="0.0.0.0",
    port=@PORT@,
    url_path=@PATH@,
    webhook_url=@URL@,
@SECRET@@CERT@)
`, "@PORT@", p.frontPort(), "@PATH@", pythonString(path), "@URL@", pythonString(p.webhookURL()),
			"@SECRET@", p.secretArgument("    secret_token=\"<SECRET>\",\n"), "@CERT@", cert))
}

// PythonAiogram shows aiogram's call.
func PythonAiogram(p *Params) Remedy {
	cert := ""
	if up := p.uploadPath(); up != "" {
		cert = "    certificate=FSInputFile(" + pythonString(up) + "),  # from aiogram.types import FSInputFile\n"
	}
	return program("python.aiogram", text("aiogram: set_webhook at start-up", "aiogram: set_webhook при запуске"),
		fill("await bot.set_webhook(\n    @URL@,\n@CERT@@SECRET@)\n", "@URL@", pythonString(p.webhookURL()), "@CERT@", cert,
			"@SECRET@", p.secretArgument("    secret_token=\"<SECRET>\",\n")))
}

// NodeGrammy shows grammY's call.
func NodeGrammy(p *Params) Remedy {
	var options []string
	if up := p.uploadPath(); up != "" {
		options = append(options, "certificate: new InputFile("+jsString(up)+")")
	}
	if p.SecretGiven {
		options = append(options, `secret_token: "<SECRET>"`)
	}
	call := "await bot.api.setWebhook(" + jsString(p.webhookURL())
	if len(options) > 0 {
		call += ", { " + strings.Join(options, ", ") + " }"
	}
	return program("node.grammy", text("grammY: setWebhook once, not at every start of every worker", "grammY: setWebhook один раз, а не при каждом запуске каждого процесса"), call+");\n")
}
