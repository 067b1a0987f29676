package rules

import (
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

type chainDuplicateArgs struct {
	Certs     []certRef `json:"certificates"`
	Positions []int     `json:"positions"`
}

func ruleChainDuplicate() Rule {
	return Rule{
		ID: "chain.duplicate", Stage: StageChain, Rank: 682,
		Severity: Notice, Basis: Observed,
		Sources: []Source{citeRFC(8446, "4.4.2"), citeGuide("supplying-an-intermediate-certificate")},
		Title: lang.Text{
			EN: `{{plural (len .Positions) "A certificate is" "Certificates are" "Certificates are"}} sent twice`,
			RU: `{{plural (len .Positions) "Сертификат прислан" "Сертификаты присланы" "Сертификаты присланы"}} повторно`,
		},
		Detail: lang.Text{
			EN: `{{whiches .Certs}} {{plural (len .Positions) "repeats a certificate that came" "repeat certificates that came" "repeat certificates that came"}} before. Telegram ignores the copy; it only makes each handshake longer. The usual reason is a chain file appended to itself with >>.`,
			RU: `{{whiches .Certs}} {{plural (len .Positions) "повторяет уже присланный сертификат" "повторяют уже присланные сертификаты" "повторяют уже присланные сертификаты"}}. Telegram лишнюю копию пропускает, она только удлиняет рукопожатие. Обычная причина — файл цепочки дважды дописан через >>.`,
		},
		Meaning: lang.Text{
			EN: "The same certificate stands in the presented chain more than once. It is harmless for Telegram and shows that the file was put together by accident.",
			RU: "Один и тот же сертификат встречается в присланной цепочке несколько раз. Для Telegram это безвредно, но говорит о том, что файл собран случайно.",
		},
		Example:  chainDuplicateArgs{Certs: []certRef{exampleAt(exampleIntermediate(), 2)}, Positions: []int{2}},
		Check:    checkChainDuplicate,
		Remedies: remedy.List(bundleInstallers()...),
	}
}

func checkChainDuplicate(f *facts.Facts) *Hit {
	at := f.Chain.Duplicates
	if len(at) == 0 {
		return nil
	}
	return &Hit{Args: chainDuplicateArgs{Certs: presentedRefs(f, at), Positions: at}}
}
