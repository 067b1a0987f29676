package rules

import (
	"hookcheck/checker/facts"
	"hookcheck/internal/lang"
)

func ruleTLSBelowDocumented() Rule {
	return Rule{
		ID: "tls.below_documented", Stage: StageTLS, Rank: 580, Severity: Warning, Basis: Observed,
		Sources: []Source{citeGuide(""), citeNetwork("SslCtx.cpp"), citeRFC(8996, "")},
		Title: lang.Text{
			EN: `The connection comes about with {{version .Version}}, below the documented TLS 1.2`,
			RU: `Соединение устанавливается по {{version .Version}}, хотя документация требует TLS 1.2`,
		},
		Detail: lang.Text{
			EN: `{{.Addr}} chose {{version .Version}}{{with .Cipher}} with {{.}}{{end}}. The published client still finishes this with RSA key exchange, where the server signs nothing; the guide asks for TLS 1.2 or newer. An update of the client's TLS library ends it without notice.`,
			RU: `{{.Addr}} выбрал {{version .Version}}{{with .Cipher}} с {{.}}{{end}}. Опубликованный клиент пока завершает такое рукопожатие с обменом ключами RSA, где сервер ничего не подписывает; руководство требует TLS 1.2 или новее. Обновление библиотеки TLS в клиенте закончит это без предупреждения.`,
		},
		Meaning: lang.Text{
			EN: `TLS 1.0 or 1.1 with RSA key exchange was seen to work with the client on OpenSSL 3.0, though the guide forbids it. Turn on TLS 1.2 and 1.3 before it stops.`,
			RU: `С клиентом на OpenSSL 3.0 наблюдалась работа TLS 1.0 и 1.1 с обменом ключами RSA, хотя руководство этого не допускает. Включите TLS 1.2 и 1.3, пока всё не сломалось.`,
		},
		Example: sessionArgs{endpoint: exampleEndpoint(), Version: "tls1.1", Cipher: "AES128-SHA"},
		Check: func(f *facts.Facts) *Hit {
			if !f.TLS.BelowDocumented {
				return nil
			}
			return &Hit{Args: sessionOf(f)}
		},
		Remedies: newerVersions(),
	}
}
