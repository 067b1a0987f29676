package report

import (
	"strings"

	"hookcheck/checker/facts"
	"hookcheck/internal/lang"
)

// stageChain passes where a whole path was found. Where another stage's
// finding explains the chain's fault away, it is skipped.
func stageChain(f *facts.Facts) (Status, lang.Text) {
	c := &f.Chain
	switch {
	case f.TLS.NoChain:
		return Undecided, lang.Text{EN: "The certificates could not be seen.", RU: "Увидеть сертификаты не удалось."}
	case len(c.Presented) == 0:
		return Skip, notReached
	case f.TLS.WrongSite:
		return Skip, otherSite
	case hasFault(c, "chain."):
		return Skip, notReached
	case c.Fault(facts.SelfSigned) != nil:
		return Skip, lang.Text{EN: "The certificate is its own issuer: there is no chain.", RU: "Сертификат подписан сам собой: цепочки нет."}
	case c.Root == nil:
		return Skip, lang.Text{EN: "There is no chain to a root to judge.", RU: "Цепочки до корневого сертификата, которую можно оценить, нет."}
	}
	lists := strings.Join(c.RootLists, ", ")
	if c.Public && lists != "" {
		return Pass, sprint("Leads to the root %s (lists: %s).", "Ведёт к корневому сертификату %s (списки: %s).", c.Root.Subject.Text, lists)
	}
	return Pass, sprint("Leads to %s.", "Ведёт к %s.", c.Root.Subject.Text)
}

var otherSite = lang.Text{
	EN: "Not judged: the certificate belongs to another site.",
	RU: "Не оценивалось: сертификат принадлежит другому сайту.",
}

func stageCertificate(f *facts.Facts) (Status, lang.Text) {
	switch {
	case f.TLS.NoChain:
		return Undecided, lang.Text{EN: "The certificates could not be seen.", RU: "Увидеть сертификаты не удалось."}
	case f.Leaf == nil:
		return Skip, notReached
	case f.TLS.WrongSite:
		return Skip, otherSite
	case hasFault(&f.Chain, "cert."):
		return Skip, notReached
	}
	until := f.Leaf.NotAfter.UTC().Format("2006-01-02")
	if !f.Names.Judged {
		return Pass, sprint("Valid until %s; names were not judged.", "Действует до %s; имена не проверялись.", until)
	}
	if !f.Names.Match {
		return Skip, notReached
	}
	return Pass, sprint("Covers %s, valid until %s.", "Подходит для %s, действует до %s.", f.Target.Host, until)
}

func hasFault(c *facts.Chain, prefix string) bool {
	for _, x := range c.Faults {
		if strings.HasPrefix(string(x.Kind), prefix) {
			return true
		}
	}
	return false
}
