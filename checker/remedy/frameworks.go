package remedy

import "strings"

func (p *Params) secretArgument(format string) string {
	if !p.SecretGiven {
		return ""
	}
	return format
}

// sends is a call that any program of its language can make once.
func sends(p *Params, r Remedy) Remedy {
	r = withUpload(p, r)
	r.Where = text("any program or interpreter of that language, once. setWebhook resets what it is not given: secret_token and ip_address; max_connections is passed on",
		"любая программа или интерпретатор этого языка, один раз. setWebhook сбрасывает непереданное: secret_token и ip_address; max_connections передаётся")
	return r
}

// withUpload has the file that a call uploads written first.
func withUpload(p *Params, r Remedy) Remedy {
	r.Apply, r.Undo = p.writeUpload(), p.dropUpload()
	return r
}

// PHPSetWebhook sends the file as a file: a path or its text as a plain field
// is taken for no certificate at all.
func PHPSetWebhook(p *Params) Remedy {
	file := ""
	if path := p.uploadPath(); path != "" {
		file = "    'certificate' => new CURLFile(" + phpString(path) + ", 'application/x-pem-file', 'webhook.pem'),\n"
	}
	return sends(p, program("php.set_webhook", text("PHP: the file as CURLFile, never as a string", "PHP: файл как CURLFile, а не строкой"),
		fill(`$api = 'https://api.telegram.org/bot<TOKEN>/';
$set = json_decode(file_get_contents($api . 'getWebhookInfo'), true)['result']; // what is not passed on is reset
$request = curl_init($api . 'setWebhook');
curl_setopt($request, CURLOPT_RETURNTRANSFER, true);
curl_setopt($request, CURLOPT_POSTFIELDS, [
    'url' => @URL@,
@FILE@@SECRET@    'max_connections' => $set['max_connections'] ?? 40,
]);
echo curl_exec($request);
`, "@URL@", phpString(p.webhookURL()), "@FILE@", file, "@SECRET@", p.secretArgument("    'secret_token' => '<SECRET>',\n"))))
}

// PythonSetWebhook sends the same call by requests.
func PythonSetWebhook(p *Params) Remedy {
	file := ""
	if path := p.uploadPath(); path != "" {
		file = "    files={\"certificate\": open(" + pythonString(path) + ", \"rb\")},\n"
	}
	return sends(p, program("python.set_webhook", text("Python: the file in `files`, never as a string in `data`", "Python: файл в `files`, а не строкой в `data`"),
		fill(`import requests
api = "https://api.telegram.org/bot<TOKEN>/"
set_now = requests.get(api + "getWebhookInfo", timeout=30).json()["result"]  # what is not passed on is reset
print(requests.post(
    api + "setWebhook",
    data={"url": @URL@@SECRET@, "max_connections": set_now.get("max_connections", 40)},
@FILE@    timeout=30,
).text)
`, "@URL@", pythonString(p.webhookURL()), "@SECRET@", p.secretArgument(`, "secret_token": "<SECRET>"`), "@FILE@", file)))
}

// PythonTelegramBot shows run_webhook's arguments.
func PythonTelegramBot(p *Params) Remedy {
	path := strings.TrimPrefix(p.path(), "/")
	cert, listen, port := "", "127.0.0.1", p.botPort()
	if up := p.uploadPath(); up != "" {
		listen, port = "0.0.0.0", p.frontPort()
		cert = "    cert=" + pythonString(up) + ",\n    key=" + pythonString(p.file(".key")) + ",\n"
	}
	return withUpload(p, program("python.telegram_bot", text("python-telegram-bot: run_webhook. It uploads whatever `cert` names: pass it for a self-signed certificate alone, with `key` where the bot ends TLS itself; with a certificate of a public CA leave both out, let a proxy end TLS and listen on 127.0.0.1",
		"python-telegram-bot: run_webhook. Файл из `cert` он всегда загружает: передавайте его только для самоподписанного сертификата, а `key` — если TLS принимает сам бот; с сертификатом публичного УЦ оба не нужны: TLS принимает прокси, бот слушает 127.0.0.1"),
		fill(`application.run_webhook(
    listen=@LISTEN@,
    port=@PORT@,
    url_path=@PATH@,
    webhook_url=@URL@,
@SECRET@@CERT@)
`, "@LISTEN@", pythonString(listen), "@PORT@", port, "@PATH@", pythonString(path), "@URL@", pythonString(p.webhookURL()),
			"@SECRET@", p.secretArgument("    secret_token=\"<SECRET>\",\n"), "@CERT@", cert)))
}

// PythonAiogram shows aiogram's call.
func PythonAiogram(p *Params) Remedy {
	cert := ""
	if up := p.uploadPath(); up != "" {
		cert = "    certificate=FSInputFile(" + pythonString(up) + "),  # from aiogram.types import FSInputFile\n"
	}
	return withUpload(p, program("python.aiogram", text("aiogram: set_webhook at start-up", "aiogram: set_webhook при запуске"),
		fill("await bot.set_webhook(\n    @URL@,\n@CERT@@SECRET@)\n", "@URL@", pythonString(p.webhookURL()), "@CERT@", cert,
			"@SECRET@", p.secretArgument("    secret_token=\"<SECRET>\",\n"))))
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
	return withUpload(p, program("node.grammy", text("grammY: setWebhook once, not at every start of every worker", "grammY: setWebhook один раз, а не при каждом запуске каждого процесса"), call+");\n"))
}
