package rules

import (
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

type chainOrderArgs struct {
	Sent []certRef `json:"sent"`
	Path []certRef `json:"path"` // the order that the chain has
}

func ruleChainOrder() Rule {
	return Rule{
		ID: "chain.order", Stage: StageChain, Rank: 680,
		Severity: Warning, Basis: Documented,
		Sources: []Source{citeGuide("supplying-an-intermediate-certificate"), citeRFC(5246, "7.4.2")},
		Title: lang.Text{
			EN: `The intermediate certificates are sent out of order`,
			RU: `Промежуточные сертификаты присланы не по порядку`,
		},
		Detail: lang.Text{
			EN: `Sent: {{whiches .Sent}}. The chain runs: {{whiches .Path}}. Telegram's published client sorts the certificates after the first one by itself and delivers, but the guide asks for the right order and promises failure otherwise, and TLS 1.2 demands that each certificate vouch for the one before it. Other clients do refuse such a chain.`,
			RU: `Присланы: {{whiches .Sent}}. Порядок в цепочке: {{whiches .Path}}. Опубликованный клиент Telegram сам раскладывает по местам всё, что идёт после первого сертификата, и доставляет обновления, но руководство требует правильного порядка и обещает иначе отказ, а TLS 1.2 предписывает, чтобы каждый сертификат заверял предыдущий. Другие клиенты такую цепочку отвергают.`,
		},
		Meaning: lang.Text{
			EN: "The server's certificate comes first, as it must, but those after it are not in the order in which each one certifies the one before. Telegram copes with it today; its guide tells people not to rely on that.",
			RU: "Сертификат сервера идёт первым, как положено, но следующие за ним стоят не в том порядке, в каком каждый заверяет предыдущий. Сегодня Telegram с этим справляется; руководство советует на это не рассчитывать.",
		},
		Example: chainOrderArgs{
			Sent: []certRef{exampleLeaf(), exampleAt(exampleCrossSign(), 1), exampleAt(exampleIntermediate(), 2)},
			Path: []certRef{exampleLeaf(), exampleAt(exampleIntermediate(), 2), exampleAt(exampleCrossSign(), 1)},
		},
		Check:    checkChainOrder,
		Remedies: remedy.List(bundleInstallers()...),
	}
}

func checkChainOrder(f *facts.Facts) *Hit {
	if !f.Chain.OutOfOrder || f.Chain.Fault(facts.LeafNotFirst) != nil {
		return nil
	}
	var a chainOrderArgs
	for _, p := range f.Chain.Presented {
		a.Sent = append(a.Sent, refTo(p.Cert, p.Position))
	}
	for _, c := range f.Chain.Path {
		if at := positionOf(f, c); at >= 0 {
			a.Path = append(a.Path, refTo(c, at))
		}
	}
	return &Hit{Args: a}
}
