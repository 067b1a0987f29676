package rules

import (
	"time"

	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

type chainDistrustAfterArgs struct {
	Root  certRef   `json:"root"`
	Leaf  certRef   `json:"leaf"`
	After time.Time `json:"distrust_after"`
}

func ruleChainDistrustAfter() Rule {
	return Rule{
		ID: "chain.distrust_after", Stage: StageChain, Rank: 672,
		Severity: Warning, Basis: Observed,
		Sources: []Source{
			{Name: "mozilla", URL: "https://wiki.mozilla.org/CA/Additional_Trust_Changes"},
			citeGuide("supported-certificates"), citeOpenSSL(),
		},
		Title: lang.Text{
			EN: `Mozilla no longer trusts new certificates of {{quote .Root.Subject}}`,
			RU: `Mozilla больше не доверяет новым сертификатам от {{quote .Root.Subject}}`,
		},
		Detail: lang.Text{
			EN: `The certificate {{quote .Leaf.Subject}} was issued on {{date .Leaf.NotBefore}}; Mozilla distrusts what the root {{quote .Root.Subject}} issues after {{date .After}}. Browsers refuse the certificate. Telegram's client verifies with OpenSSL, which knows no such dates, and accepts it for as long as the root stays in its list. Change to another CA before the root is removed.`,
			RU: `Сертификат {{quote .Leaf.Subject}} выпущен {{date .Leaf.NotBefore}}, а Mozilla не доверяет тому, что корневой {{quote .Root.Subject}} выпускает после {{date .After}}. Браузеры такой сертификат отвергают. Клиент Telegram проверяет через OpenSSL, который таких дат не знает, и принимает его, пока корневой сертификат остаётся в списке. Перейдите к другому УЦ до того, как корневой исключат.`,
		},
		Meaning: lang.Text{
			EN: "Mozilla has set a date for the root after which certificates that it issues are not trusted. OpenSSL takes no notice, so Telegram delivers; removal of the whole root usually follows, and then it will not.",
			RU: "Mozilla назначила корневому сертификату дату, после которой выпущенные им сертификаты не считаются доверенными. OpenSSL этого не учитывает, поэтому Telegram доставляет обновления; обычно затем корневой исключают совсем, и доставка прекратится.",
		},
		Example:  chainDistrustAfterArgs{Root: exampleRoot(), Leaf: exampleLeaf(), After: exampleNow().AddDate(-1, 0, 0)},
		Check:    checkChainDistrustAfter,
		Remedies: remedy.List(remedy.CertbotPublicCA, remedy.CaddyPublicCA, remedy.OtherAskCA),
	}
}

func checkChainDistrustAfter(f *facts.Facts) *Hit {
	if f.Chain.DistrustAfter.IsZero() || f.Chain.Root == nil || f.Upload.Given {
		return nil
	}
	return &Hit{Args: chainDistrustAfterArgs{
		Root: refTo(f.Chain.Root, positionOf(f, f.Chain.Root)), Leaf: leafRef(f), After: f.Chain.DistrustAfter.UTC(),
	}}
}
