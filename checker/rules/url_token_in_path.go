package rules

import (
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

type tokenInPathArgs struct {
	URL string `json:"url"` // redacted
}

func ruleURLTokenInPath() Rule {
	return Rule{
		ID: "url.token_in_path", Stage: StageURL, Rank: 180, Severity: Notice, Basis: Documented,
		Sources: []Source{citeFAQ(), citeSetWebhook()},
		Title: lang.Text{
			EN: `The bot token stands in the webhook URL`,
			RU: `Токен бота записан прямо в URL вебхука`,
		},
		Detail: lang.Text{
			EN: `The URL is {{.URL}} (the token is left out here). It works, but a path ends up in access logs, in error trackers and at whoever runs the proxy, and the token is all it takes to control the bot. The secret_token parameter of setWebhook does the same job in a header.`,
			RU: `URL: {{.URL}} (сам токен здесь скрыт). Это работает, но путь попадает в журналы доступа, в системы сбора ошибок и к владельцу прокси, а для управления ботом достаточно одного токена. То же самое даёт параметр secret_token метода setWebhook: секрет передаётся в заголовке.`,
		},
		Meaning: lang.Text{
			EN: `Older guides advise putting the token into the path, so that nobody else can call it. Since secret_token exists, a random path and a checked header are the better way: neither of them gives the bot away when it leaks.`,
			RU: `Старые руководства советуют класть токен в путь, чтобы вебхук не вызвал посторонний. С появлением secret_token лучше взять случайный путь и проверять заголовок: утечка любого из них не отдаёт бота в чужие руки.`,
		},
		Example: tokenInPathArgs{URL: "https://bot.example.org/<TOKEN>"},
		Check: func(f *facts.Facts) *Hit {
			if !f.Target.TokenInPath {
				return nil
			}
			return &Hit{Args: tokenInPathArgs{URL: f.Target.URL}}
		},
		Remedies: remedy.List(remedy.TelegramSecretToken),
	}
}
