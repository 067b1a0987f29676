package rules

import (
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

func ruleHTTPReset() Rule {
	return Rule{
		ID: "http.reset", Stage: StageHTTP, Rank: 965, Severity: Blocker, Basis: FromSource, Vantage: true,
		Predicted: "Connection reset by peer", Reporter: ByGetWebhookInfo,
		Sources: []Source{citeServer("WebhookActor.cpp"), citeRFC(9293, "3.5.2")},
		Title: lang.Text{
			EN: `The server resets the connection instead of answering`,
			RU: `Вместо ответа сервер сбрасывает соединение`,
		},
		Detail: lang.Text{
			EN: `TLS was fine and the test update was sent to {{.Path}}; then came a reset (RST) in place of a complete answer. The process behind it crashed, a web application firewall cut in, or the server closed without reading the body.`,
			RU: `С TLS всё в порядке, тестовое обновление отправлено на {{.Path}}, но вместо полного ответа пришёл сброс (RST). Упал обслуживающий процесс, вмешался WAF, либо сервер закрыл соединение, не прочитав тело запроса.`,
		},
		Meaning: lang.Text{
			EN: `The connection was cut by a TCP reset after the request. The log of the bot, and of whatever filters requests before it, tells who did it.`,
			RU: `После запроса соединение оборвано сбросом TCP. Кто это сделал, видно в журнале бота и того, что фильтрует запросы перед ним.`,
		},
		Example: durationArgs{Path: "/webhook", Seconds: 0.1},
		Check: func(f *facts.Facts) *Hit {
			if f.HTTP.Problem != facts.HTTPReset {
				return nil
			}
			return &Hit{Args: durationOf(f), Predicted: f.HTTP.Predicted}
		},
		Remedies: remedy.List(remedy.OtherClosed, remedy.OtherReset, remedy.OtherWAF),
	}
}
