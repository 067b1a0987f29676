package rules

import (
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

func ruleHTTPBadGateway() Rule {
	return Rule{
		ID: "http.bad_gateway", Stage: StageHTTP, Rank: 950, Severity: Blocker, Basis: FromSource,
		Predicted: wrongResponse("502 Bad Gateway"), Reporter: ByGetWebhookInfo,
		Sources: []Source{citeServer("WebhookActor.cpp"), citeRFC(9110, "15")},
		Title: lang.Text{
			EN: `The proxy does not reach the bot: {{.Status}}{{with .Reason}} {{.}}{{end}}`,
			RU: `Прокси не может достучаться до бота: {{.Status}}{{with .Reason}} {{.}}{{end}}`,
		},
		Detail: answered(lang.Text{
			EN: `TLS and the proxy are fine; what stands behind it is not: the bot is not running, listens on another port or on IPv6 alone, speaks TLS where plain HTTP is expected, or takes too long.`,
			RU: `TLS и прокси в порядке, проблема за ним: бот не запущен, слушает другой порт или только IPv6, говорит по TLS там, где ждут обычный HTTP, либо отвечает слишком долго.`,
		}),
		Meaning: lang.Text{
			EN: `502, 503, 504 or one of Cloudflare's 520 to 530. A proxy in front answers for an application that it cannot reach. In a container "localhost" is the container itself, not the host.`,
			RU: `502, 503, 504 или один из кодов Cloudflare 520–530. Прокси отвечает вместо приложения, до которого не может достучаться. Внутри контейнера localhost — это сам контейнер, а не хост.`,
		},
		Example:  exampleAnswer(502, "Bad Gateway"),
		Check:    func(f *facts.Facts) *Hit { return answerHit(f, facts.HTTPBadGateway) },
		Remedies: badGatewayRemedies,
	}
}

// badGatewayRemedies begin with what stands before the server, where it shows.
func badGatewayRemedies(p *remedy.Params) []remedy.Remedy {
	servers := these(remedy.NginxUpstream, remedy.ApacheUpstream, remedy.HAProxyUpstream, remedy.CaddyUpstream, remedy.OtherUpstreamDown)
	if p.Edge == "paas" {
		return listed(p, these(remedy.OtherPaaS), servers)
	}
	return listed(p, these(remedy.OtherCloudflare), servers, these(remedy.OtherPaaS))
}
