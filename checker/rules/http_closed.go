package rules

import (
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

func ruleHTTPClosed() Rule {
	return Rule{
		ID: "http.closed", Stage: StageHTTP, Rank: 960, Severity: Blocker, Basis: FromSource,
		Predicted: "Webhook connection closed", Reporter: ByGetWebhookInfo,
		Sources: []Source{citeServer("WebhookActor.cpp"), citeNetwork("HttpReader.cpp"), citeRFC(9112, "8")},
		Title: lang.Text{
			EN: `The server closes the connection before its answer is whole`,
			RU: `Сервер закрывает соединение, не дослав ответ`,
		},
		Detail: lang.Text{
			EN: `The test update to {{.Path}} was sent, and the connection was closed after {{decimal .Seconds}} s, before a complete HTTP answer. Either nothing came, or less than Content-Length promises, or lines that end in a bare LF, which never end the head for Telegram's reader: they must end in CRLF.`,
			RU: `Тестовое обновление отправлено на {{.Path}}, но соединение закрылось через {{decimal .Seconds}} с, до полного ответа HTTP. Либо не пришло ничего, либо меньше, чем обещает Content-Length, либо строки заканчиваются одним LF, а для Telegram заголовок так не закончится: нужен CRLF.`,
		},
		Meaning: lang.Text{
			EN: `The connection ended before the answer did: the handler crashed, a proxy gave up on it, or the answer is written by hand and breaks HTTP's framing.`,
			RU: `Соединение закончилось раньше ответа: обработчик упал, прокси его оборвал или ответ собран вручную с нарушением правил HTTP.`,
		},
		Example: durationArgs{Path: "/webhook", Seconds: 0.1},
		Check: func(f *facts.Facts) *Hit {
			if f.HTTP.Problem != facts.HTTPClosed {
				return nil
			}
			return &Hit{Args: durationOf(f), Predicted: f.HTTP.Predicted}
		},
		Remedies: remedy.List(remedy.OtherClosed),
	}
}
