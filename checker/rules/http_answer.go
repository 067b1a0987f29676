package rules

import (
	"hookcheck/checker/facts"
	"hookcheck/internal/lang"
)

// answerArgs is the answer to the test update, as rules about its status show
// it.
type answerArgs struct {
	Path        string `json:"path"` // redacted
	Status      int    `json:"status"`
	Reason      string `json:"reason,omitempty"`
	Product     string `json:"product,omitempty"` // whose error page it looks like
	SecretGiven bool   `json:"secret_given"`
}

func answerOf(f *facts.Facts) answerArgs {
	return answerArgs{
		Path: pathOf(f), Status: f.HTTP.Status, Reason: shown(f.HTTP.Reason),
		Product: f.HTTP.BodyHint, SecretGiven: f.Ev.Request.SecretGiven,
	}
}

func pathOf(f *facts.Facts) string {
	if f.Target.Path == "" {
		return "/"
	}
	return shown(f.Target.Path)
}

// answerHit is what a rule about one kind of answer reports.
func answerHit(f *facts.Facts, p facts.HTTPProblem) *Hit {
	if f.HTTP.Problem != p {
		return nil
	}
	return &Hit{Args: answerOf(f), Predicted: f.HTTP.Predicted}
}

// exampleAnswer stands in the catalogue.
func exampleAnswer(status int, reason string) answerArgs {
	return answerArgs{Path: "/webhook", Status: status, Reason: reason, Product: "nginx"}
}

// wrongResponse is how the client words every status outside 2xx
// (telegram-bot-api, WebhookActor::handle).
func wrongResponse(statusLine string) string {
	return "Wrong response from the webhook: " + statusLine
}

// answered begins the detail of every rule about a status.
func answered(rest lang.Text) lang.Text {
	return lang.Text{
		EN: `The test update to {{.Path}} was answered with {{.Status}}{{with .Reason}} {{.}}{{end}}{{with .Product}} (the page looks like {{.}}'s){{end}}. ` + rest.EN,
		RU: `На тестовое обновление, отправленное на {{.Path}}, пришёл ответ {{.Status}}{{with .Reason}} {{.}}{{end}}{{with .Product}} (страница похожа на {{.}}){{end}}. ` + rest.RU,
	}
}
