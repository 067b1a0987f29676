package rules

import (
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

type chainTooComplexArgs struct {
	Sent      int    `json:"sent"`
	Algorithm string `json:"algorithm,omitempty"` // that could not be checked here
	Subject   string `json:"subject,omitempty"`   // of the certificate signed with it
}

func ruleChainTooComplex() Rule {
	return Rule{
		ID: "chain.too_complex", Stage: StageChain, Rank: 690,
		Severity: Blocker, Basis: Observed, Undecided: true,
		Reporter: ByGetWebhookInfo,
		Sources:  []Source{citeOpenSSL(), citeRFC(5280, "6.1")},
		Title: lang.Text{
			EN: `The chain could not be verified to its end here`,
			RU: `Проверить цепочку до конца здесь не удалось`,
		},
		Detail: lang.Text{
			EN: `{{if .Algorithm}}The certificate {{quote .Subject}} is signed with {{.Algorithm}}, which this checker cannot verify; OpenSSL, which Telegram's client uses, may{{else}}The server sends {{.Sent}} {{plural .Sent "certificate" "certificates" "certificates"}} with so many possible paths among them that the checker stopped at its limit of signatures; Telegram's client may find a way or give up{{end}}. The verdict stays open. {{if .Algorithm}}A certificate with an RSA or P-256 key, signed with SHA-256, leaves no doubt.{{else}}Send the server's own certificate and each intermediate once, and nothing else.{{end}}`,
			RU: `{{if .Algorithm}}Сертификат {{quote .Subject}} подписан алгоритмом {{.Algorithm}}, проверить который эта программа не умеет; OpenSSL в клиенте Telegram, возможно, умеет{{else}}Сервер присылает {{.Sent}} {{plural .Sent "сертификат" "сертификата" "сертификатов"}}, и путей между ними так много, что проверка остановилась на своём пределе числа подписей; клиент Telegram может найти путь, а может и отказаться{{end}}. Вердикт остаётся открытым. {{if .Algorithm}}С ключом RSA или P-256 и подписью SHA-256 сомнений не будет.{{else}}Присылайте сертификат сервера и каждый промежуточный по одному разу и ничего больше.{{end}}`,
		},
		Meaning: lang.Text{
			EN: "Verifying the chain would take more work than the checker gives to one server, or an algorithm that it does not know. It does not guess then: the verdict is unknown.",
			RU: "Проверка цепочки потребовала бы больше работы, чем отводится на один сервер, или алгоритма, которого программа не знает. Гадать она в таком случае не станет: вердикт «не выяснено».",
		},
		Example:  chainTooComplexArgs{Sent: 100},
		Check:    checkChainTooComplex,
		Remedies: remedy.List(bundleInstallers()...),
	}
}

func checkChainTooComplex(f *facts.Facts) *Hit {
	ft := f.Chain.Fault(facts.ChainBudget)
	if ft == nil {
		return nil
	}
	a := chainTooComplexArgs{Sent: len(f.Chain.Presented)}
	if ft.Cert != nil && ft.Detail != "" {
		a.Algorithm, a.Subject = shown(ft.Detail), shown(ft.Cert.Subject.Text)
	}
	return &Hit{Args: a}
}
