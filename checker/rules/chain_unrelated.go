package rules

import (
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

type chainUnrelatedArgs struct {
	Certs     []certRef `json:"certificates"`
	Positions []int     `json:"positions"`
}

func ruleChainUnrelated() Rule {
	return Rule{
		ID: "chain.unrelated", Stage: StageChain, Rank: 684,
		Severity: Notice, Basis: Observed,
		Sources: []Source{citeRFC(8446, "4.4.2"), citeGuide("supplying-an-intermediate-certificate")},
		Title: lang.Text{
			EN: `{{plural (len .Positions) "A certificate" "Certificates" "Certificates"}} that nothing in the chain needs {{plural (len .Positions) "is" "are" "are"}} sent`,
			RU: `{{plural (len .Positions) "Прислан сертификат, не относящийся" "Присланы сертификаты, не относящиеся" "Присланы сертификаты, не относящиеся"}} к цепочке`,
		},
		Detail: lang.Text{
			EN: `{{whiches .Certs}}: no certificate of the chain was issued by {{plural (len .Positions) "it" "them" "them"}}. Telegram passes over such certificates; often the intermediate of an earlier CA was left in the file after a change.`,
			RU: `{{whiches .Certs}} — ни один сертификат цепочки не выпущен {{plural (len .Positions) "этим издателем" "этими издателями" "этими издателями"}}. Telegram такие сертификаты пропускает; часто это промежуточный сертификат прежнего УЦ, оставшийся в файле после замены.`,
		},
		Meaning: lang.Text{
			EN: "The server sends certificates that lie on no path from its own one to a root. They do no harm by themselves.",
			RU: "Сервер присылает сертификаты, которые не лежат ни на одном пути от его собственного к корневому. Сами по себе они не мешают.",
		},
		Example:  chainUnrelatedArgs{Certs: []certRef{exampleAt(exampleOther(), 2)}, Positions: []int{2}},
		Check:    checkChainUnrelated,
		Remedies: remedy.List(bundleInstallers()...),
	}
}

func checkChainUnrelated(f *facts.Facts) *Hit {
	at := f.Chain.Unrelated
	if len(at) == 0 {
		return nil
	}
	return &Hit{Args: chainUnrelatedArgs{Certs: presentedRefs(f, at), Positions: at}}
}
