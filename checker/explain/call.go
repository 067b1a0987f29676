package explain

import (
	"strings"

	"hookcheck/checker/target"
	"hookcheck/internal/lang"
)

// checkOf is how to check the webhook that a text names.
func checkOf(t target.Target, f Found) *Check {
	c := &Check{Target: t.URL, Upload: "unknown", Redacted: f.Partial}
	if c.Target == "" {
		c.Target = t.Input
	}
	c.Redacted = c.Redacted || strings.Contains(c.Target, "<TOKEN>") || strings.Contains(c.Target, "***@")
	command := "hookcheck check "
	switch {
	case f.Uploads:
		c.Upload = "given"
		command += "--certificate FILE "
	case f.Call:
		c.Upload = "none"
	}
	c.Command = command + shellQuoted(c.Target)
	return c
}

func shellQuoted(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }

// callMeaning says what a setWebhook call does, and what it leaves out.
func callMeaning(f Found) Meaning {
	if f.Uploads {
		return Meaning{
			ID:    "call.with_certificate",
			Title: lang.Text{EN: "The call sets a webhook and uploads a certificate", RU: "Вызов задаёт вебхук и загружает сертификат"},
			Text: lang.Text{
				EN: "The uploaded file becomes all that Telegram trusts: right for a self-signed certificate or the root of a CA of your own, wrong for a certificate of a public CA. It has to go as a file (`-F certificate=@FILE`), never as a path in a string. Check the URL together with that file.",
				RU: "Загруженный файл становится всем, чему доверяет Telegram: это правильно для самоподписанного сертификата или корневого сертификата собственного УЦ и неправильно для сертификата публичного УЦ. Передавать его нужно файлом (`-F certificate=@FILE`), а не путём в строке. Проверьте URL вместе с этим файлом.",
			},
			Findings: []string{"upload.not_needed", "upload.different_certificate", "upload.not_pem"},
		}
	}
	return Meaning{
		ID:    "call.without_certificate",
		Title: lang.Text{EN: "The call sets a webhook and uploads no certificate", RU: "Вызов задаёт вебхук и не загружает сертификат"},
		Text: lang.Text{
			EN: "Telegram then trusts public CAs alone. What the call leaves out is reset: secret_token, ip_address, max_connections and an uploaded certificate; only allowed_updates stays. The answer `Webhook was set` proves nothing about TLS: check the URL.",
			RU: "Тогда Telegram доверяет только публичным УЦ. Всё, что в вызове не указано, сбрасывается: secret_token, ip_address, max_connections и загруженный сертификат; остаётся только allowed_updates. Ответ `Webhook was set` ничего не говорит о TLS: проверьте URL.",
		},
	}
}

// apiCallMeaning is about a call that names no webhook.
var apiCallMeaning = Meaning{
	ID:    "call.api",
	Title: lang.Text{EN: "This is a call of the Bot API, not a webhook", RU: "Это вызов Bot API, а не вебхук"},
	Text: lang.Text{
		EN: "Nothing was sent to it: the token in it is yours alone. Call getWebhookInfo yourself, in a browser or with curl, and paste the answer here.",
		RU: "Сюда ничего не отправлялось: токен в нём только ваш. Сами вызовите getWebhookInfo, в браузере или через curl, и вставьте ответ сюда.",
	},
}
