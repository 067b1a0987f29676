package rules

import (
	"hookcheck/checker/facts"
	"hookcheck/internal/lang"
)

func ruleTLSUnfinished() Rule {
	return Rule{
		ID: "tls.unfinished", Stage: StageTLS, Rank: 582, Severity: Notice, Basis: Observed,
		Sources: []Source{citeNetwork("SslCtx.cpp"), citeRFC(8446, "4.2.3")},
		Title: lang.Text{
			EN: `Telegram can finish this handshake, this checker cannot: no test update was sent`,
			RU: `Telegram завершит это рукопожатие, а эта программа — нет: тестовое обновление не отправлялось`,
		},
		Detail: lang.Text{
			EN: `{{.Addr}} chose {{with .Version}}{{version .}}{{else}}TLS{{end}}{{with .Cipher}} with {{.}}{{end}}{{with .Group}} over {{.}}{{end}}. That is in OpenSSL's default list, which Telegram offers; the TLS libraries here lack it. The certificates came in the clear and were judged, the HTTP answer was not seen.`,
			RU: `{{.Addr}} выбрал {{with .Version}}{{version .}}{{else}}TLS{{end}}{{with .Cipher}} с {{.}}{{end}}{{with .Group}} и группой {{.}}{{end}}. Это есть в стандартном списке OpenSSL, который предлагает Telegram, но не поддерживается библиотеками TLS этой программы. Сертификаты пришли открытым текстом и проверены, ответ HTTP увидеть не удалось.`,
		},
		Meaning: lang.Text{
			EN: `Some suites and keys, such as ECDHE with AES-256-CBC and SHA-384 alone or an RSA-PSS key, are fine for Telegram's client and unknown to the libraries used here. It is no fault; the verdict speaks of TLS and certificates alone.`,
			RU: `Некоторые наборы шифров и ключи — например, только ECDHE с AES-256-CBC и SHA-384 или ключ RSA-PSS — клиент Telegram принимает, а используемые здесь библиотеки нет. Это не ошибка; вердикт говорит только о TLS и сертификатах.`,
		},
		Example: sessionArgs{endpoint: exampleEndpoint(), Version: "tls1.2", Cipher: "ECDHE-RSA-AES256-SHA384"},
		Check: func(f *facts.Facts) *Hit {
			if !f.TLS.Unfinished || f.TLS.NoChain || f.TLS.Problem != facts.TLSFine {
				return nil
			}
			return &Hit{Args: sessionOf(f)}
		},
	}
}
