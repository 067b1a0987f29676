package rules

import (
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

func ruleHTTPSlow() Rule {
	return Rule{
		ID: "http.slow", Stage: StageHTTP, Rank: 990, Severity: Warning, Basis: FromSource,
		Sources: []Source{citeServer("WebhookActor.cpp"), citeFAQ()},
		Title: lang.Text{
			EN: `The bot answers slowly: {{decimal .Seconds}} s`,
			RU: `Бот отвечает медленно: {{decimal .Seconds}} с`,
		},
		Detail: lang.Text{
			EN: `An empty test update to {{.Path}} took {{decimal .Seconds}} s. Telegram waits up to 60 s, but each update holds one of max_connections (40 unless set) meanwhile, and those of one chat queue behind it. Answer 200 first and work afterwards.`,
			RU: `Пустое тестовое обновление на {{.Path}} заняло {{decimal .Seconds}} с. Telegram ждёт до 60 с, но каждое обновление всё это время занимает одно из max_connections соединений (по умолчанию 40), а следующие из того же чата стоят за ним. Сначала отвечайте 200, потом работайте.`,
		},
		Meaning: lang.Text{
			EN: `The answer took longer than 5 seconds. It still counts as delivered; under load such a bot falls behind and runs into timeouts.`,
			RU: `Ответ занял больше 5 секунд. Обновление считается доставленным, но под нагрузкой такой бот отстанет и упрётся в тайм-ауты.`,
		},
		Example: durationArgs{Path: "/webhook", Seconds: 7.2},
		Check: func(f *facts.Facts) *Hit {
			if !f.HTTP.Slow {
				return nil
			}
			return &Hit{Args: durationOf(f)}
		},
		Remedies: remedy.List(remedy.OtherAnswerFirst),
	}
}
