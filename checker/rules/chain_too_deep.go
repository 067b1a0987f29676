package rules

import (
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

// maxIntermediates is the verify depth that the published client sets
// (SslCtx.cpp, DEFAULT_VERIFY_DEPTH).
const maxIntermediates = 10

type chainTooDeepArgs struct {
	Intermediates int `json:"intermediates"` // on the path, 0 where they could not be counted
	Limit         int `json:"limit"`
	Sent          int `json:"sent"`
}

func ruleChainTooDeep() Rule {
	return Rule{
		ID: "chain.too_deep", Stage: StageChain, Rank: 650,
		Severity: Blocker, Basis: FromSource,
		Predicted: VerifyFailed, Reporter: ByGetWebhookInfo,
		Sources: []Source{citeNetwork("SslCtx.cpp"), citeOpenSSL()},
		Title: lang.Text{
			EN: `The chain has more than {{.Limit}} intermediate certificates`,
			RU: `В цепочке больше {{.Limit}} промежуточных сертификатов`,
		},
		Detail: lang.Text{
			EN: `{{if .Intermediates}}Between the server's certificate and the root lie {{.Intermediates}} intermediates{{else}}The server sends {{.Sent}} certificates, and the path through them is too long{{end}}. Telegram's client follows at most {{.Limit}} and gives up then, whatever comes after. Have the certificate issued by a CA nearer to the root, or use a cross-signed certificate that shortens the path.`,
			RU: `{{if .Intermediates}}Между сертификатом сервера и корневым — {{.Intermediates}} {{plural .Intermediates "промежуточный" "промежуточных" "промежуточных"}}{{else}}Сервер присылает сертификаты ({{.Sent}}), и путь через них слишком длинный{{end}}. Клиент Telegram проходит не больше {{.Limit}} и дальше не смотрит. Получите сертификат у УЦ, стоящего ближе к корневому, или используйте кросс-подписанный сертификат, который укорачивает путь.`,
		},
		Meaning: lang.Text{
			EN: "Telegram's client sets a verify depth of 10: a path with an eleventh intermediate is refused, however valid each certificate is.",
			RU: "Клиент Telegram проверяет цепочку на глубину 10: путь с одиннадцатым промежуточным сертификатом отвергается, даже если каждый из них в порядке.",
		},
		Example:  chainTooDeepArgs{Intermediates: 11, Limit: maxIntermediates, Sent: 12},
		Check:    checkChainTooDeep,
		Remedies: remedy.List(remedy.OtherShorterChain, remedy.CertbotPublicCA),
	}
}

func checkChainTooDeep(f *facts.Facts) *Hit {
	if f.Chain.Fault(facts.TooDeep) == nil {
		return nil
	}
	a := chainTooDeepArgs{Limit: maxIntermediates, Sent: len(f.Chain.Presented)}
	// The path found may have been cut off at the limit; then it counts nothing.
	if n := len(f.Chain.Path) - 2; n > maxIntermediates {
		a.Intermediates = n
	}
	return &Hit{Args: a}
}
