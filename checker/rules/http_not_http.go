package rules

import (
	"hookcheck/checker/evidence"
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

type notHTTPArgs struct {
	Path    string `json:"path"`
	Outcome string `json:"outcome"` // not_http, version, head_too_large, bad_head
	Begins  string `json:"begins,omitempty"`
}

func ruleHTTPNotHTTP() Rule {
	return Rule{
		ID: "http.not_http", Stage: StageHTTP, Rank: 970, Severity: Blocker, Basis: FromSource,
		Predicted: "Not Implemented", Reporter: ByGetWebhookInfo,
		Sources: []Source{citeNetwork("HttpReader.cpp"), citeRFC(9112, "4")},
		Title: lang.Text{
			EN: `What comes back over TLS is not HTTP/1.1`,
			RU: `По TLS приходит не HTTP/1.1`,
		},
		Detail: lang.Text{
			EN: `{{if eq .Outcome "version"}}The answer names a version of HTTP other than 1.0 and 1.1{{else if eq .Outcome "head_too_large"}}The head of the answer is larger than 256 KiB{{else if eq .Outcome "bad_head"}}The head of the answer cannot be split into status line and headers{{else}}The answer does not begin with HTTP{{end}}{{with .Begins}}: {{literal .}}{{end}}. Telegram's client speaks HTTP/1.1 and offers no ALPN, so HTTP/2 cannot be agreed on.`,
			RU: `{{if eq .Outcome "version"}}В ответе указана версия HTTP, отличная от 1.0 и 1.1{{else if eq .Outcome "head_too_large"}}Заголовок ответа больше 256 КиБ{{else if eq .Outcome "bad_head"}}Заголовок ответа не разбирается на строку состояния и поля{{else}}Ответ начинается не с HTTP{{end}}{{with .Begins}}: {{literal .}}{{end}}. Клиент Telegram говорит по HTTP/1.1 и не предлагает ALPN, так что о HTTP/2 договориться нельзя.`,
		},
		Meaning: lang.Text{
			EN: `TLS works and the protocol inside is another one: a server with HTTP/2 alone, a raw TCP service behind a TLS proxy, or a home-made answer without a status line.`,
			RU: `TLS работает, но внутри другой протокол: сервер только с HTTP/2, TCP-служба за TLS-прокси или самодельный ответ без строки состояния.`,
		},
		Example: notHTTPArgs{Path: "/webhook", Outcome: evidence.HTTPNotHTTP, Begins: "OK"},
		Check: func(f *facts.Facts) *Hit {
			if f.HTTP.Problem != facts.HTTPNotHTTP {
				return nil
			}
			args := notHTTPArgs{Path: pathOf(f)}
			if h := f.Ev.HTTP; h != nil {
				args.Outcome, args.Begins = h.Outcome, firstLine(h.BodyStart)
			}
			return &Hit{Args: args, Predicted: f.HTTP.Predicted}
		},
		Remedies: remedy.List(remedy.OtherNotHTTP),
	}
}

// firstLine is enough of an answer to recognise it by.
func firstLine(s string) string {
	for i, r := range s {
		if r == '\n' || r == '\r' || i >= 60 {
			return shown(s[:i])
		}
	}
	return shown(s)
}
