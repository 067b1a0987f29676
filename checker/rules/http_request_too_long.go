package rules

import (
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

type requestTooLongArgs struct {
	Limit int `json:"limit"` // bytes of the request's head
	Bytes int `json:"path_bytes"`
}

// maxRequestHead is the buffer that the client composes a request's head in
// (td/net/HttpHeaderCreator.h).
const maxRequestHead = 4096

func ruleHTTPRequestTooLong() Rule {
	return Rule{
		// The client drops the update without a word, so nothing is predicted.
		ID: "http.request_too_long", Stage: StageHTTP, Rank: 980, Severity: Blocker, Basis: FromSource,
		Reporter: ByGetWebhookInfo,
		Sources:  []Source{citeServer("WebhookActor.cpp"), citeNetwork("HttpHeaderCreator.h")},
		Title: lang.Text{
			EN: `The webhook URL is too long: Telegram's client cannot make the request`,
			RU: `URL вебхука слишком длинный: клиент Telegram не сможет составить запрос`,
		},
		Detail: lang.Text{
			EN: `Request line and headers exceed {{.Limit}} bytes; path and query alone have {{.Bytes}}. setWebhook takes such a URL, then the client finds no room for the request and sends nothing. getWebhookInfo shows no error either: updates only pile up.`,
			RU: `Строка запроса и заголовки занимают больше {{.Limit}} байт; только путь и параметры — {{.Bytes}}. setWebhook такой URL примет, но места под запрос у клиента не хватит, и он ничего не отправит. Ошибки в getWebhookInfo тоже не будет: обновления просто копятся.`,
		},
		Meaning: lang.Text{
			EN: `The client composes the head of a request in a buffer of 4096 bytes. A very long path, query or userinfo overflows it. Shorten the URL; state belongs on the server.`,
			RU: `Клиент собирает заголовок запроса в буфере на 4096 байт, и очень длинный путь, параметры или логин с паролем в него не помещаются. Сократите URL, а данные храните на сервере.`,
		},
		Example: requestTooLongArgs{Limit: maxRequestHead, Bytes: 4300},
		Check: func(f *facts.Facts) *Hit {
			if f.HTTP.Problem != facts.HTTPRequestLong {
				return nil
			}
			return &Hit{Args: requestTooLongArgs{Limit: maxRequestHead, Bytes: len(f.Target.Path)}}
		},
		Remedies: remedy.List(remedy.TelegramSecretToken),
	}
}
