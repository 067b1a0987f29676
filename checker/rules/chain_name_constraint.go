package rules

import (
	"strings"

	"hookcheck/checker/cert"
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

type chainNameConstraintArgs struct {
	Cert       certRef  `json:"certificate"` // whose names are refused
	CA         certRef  `json:"ca"`          // that carries the constraint
	CAKnown    bool     `json:"ca_known"`
	Names      []string `json:"names"` // of Cert
	Permitted  []string `json:"permitted"`
	Excluded   []string `json:"excluded"`
	Unreadable bool     `json:"unreadable"` // the constraint itself cannot be applied
}

func ruleChainNameConstraint() Rule {
	return Rule{
		ID: "chain.name_constraint", Stage: StageChain, Rank: 655,
		Severity: Blocker, Basis: Observed,
		Predicted: VerifyFailed, Reporter: ByGetWebhookInfo,
		Sources: []Source{citeRFC(5280, "4.2.1.10"), citeOpenSSL()},
		Title: lang.Text{
			EN: `{{if .Unreadable}}OpenSSL cannot apply the name constraints of the CA{{else}}The CA may not issue certificates for these names{{end}}`,
			RU: `{{if .Unreadable}}OpenSSL не может применить ограничения имён, заданные УЦ{{else}}УЦ не вправе выпускать сертификаты на эти имена{{end}}`,
		},
		Detail: lang.Text{
			EN: `{{which .Cert}}{{with .Names}} is for {{list .}}{{end}}. {{if .CAKnown}}The CA {{which .CA}} {{if .Permitted}}may issue for {{list .Permitted}} alone{{if .Excluded}} and not for {{list .Excluded}}{{end}}{{else}}may not issue for {{list .Excluded}}{{end}}{{else}}A CA above it is restricted to other names{{end}}. ` +
				`{{if .Unreadable}}OpenSSL, which Telegram's client verifies with, does not understand a form of constraint in it and then refuses the whole chain{{else}}Telegram's client refuses a certificate with any name outside that; where it has no name in its SAN, the common name is held against the constraint too{{end}}. Have the certificate issued for permitted names alone, or by a CA without this restriction.`,
			RU: `{{which .Cert}}{{with .Names}} выпущен на {{list .}}{{end}}. {{if .CAKnown}}Для УЦ {{which .CA}} заданы ограничения:{{with .Permitted}} разрешено {{list .}}{{end}}{{with .Excluded}}{{if $.Permitted}};{{end}} запрещено {{list .}}{{end}}{{else}}УЦ над ним ограничен другими именами{{end}}. ` +
				`{{if .Unreadable}}OpenSSL, которым проверяет клиент Telegram, не понимает одну из форм ограничения и потому отвергает всю цепочку{{else}}Клиент Telegram отвергает сертификат, если хоть одно имя в нём выходит за эти рамки; когда имён в SAN нет, с ограничением сверяется и common name{{end}}. Выпустите сертификат только на разрешённые имена или у УЦ без такого ограничения.`,
		},
		Meaning: lang.Text{
			EN: "A CA certificate in the chain is limited to certain names (name constraints), and a certificate below it carries another. OpenSSL enforces the limit for every name in the certificate.",
			RU: "Сертификат УЦ в цепочке ограничен определёнными именами (name constraints), а в сертификате под ним есть другое. OpenSSL соблюдает ограничение для каждого имени в сертификате.",
		},
		Example: chainNameConstraintArgs{
			Cert: exampleLeaf(), CA: exampleAt(exampleIntermediate(), 1), CAKnown: true, Names: []string{"bot.example.org"},
			Permitted: []string{"DNS:corp.example.net"}, Excluded: []string{},
		},
		Check:    checkChainNameConstraint,
		Remedies: remedy.List(remedy.OtherAskCA, remedy.CertbotPublicCA),
	}
}

func checkChainNameConstraint(f *facts.Facts) *Hit {
	ft := f.Chain.Fault(facts.NameConstraint)
	if ft == nil {
		return nil
	}
	a := chainNameConstraintArgs{
		Cert: refOf(ft), Names: []string{}, Permitted: []string{}, Excluded: []string{},
		Unreadable: ft.Code != "" && !strings.HasSuffix(ft.Code, "_VIOLATION"),
	}
	if ft.Cert != nil {
		a.Names = allShown(namesIn(ft.Cert))
	}
	for i, c := range f.Chain.Path {
		if i > 0 && c.NameConstraints != nil {
			a.CA, a.CAKnown = refTo(c, positionOf(f, c)), true
			a.Permitted, a.Excluded = subtrees(c.NameConstraints.Permitted), subtrees(c.NameConstraints.Excluded)
			break
		}
	}
	return &Hit{Args: a}
}

// namesIn lists the DNS names and addresses of a certificate, or its common
// names where there are none.
func namesIn(c *cert.Cert) []string {
	var names []string
	if c.SAN != nil {
		names = append(names, c.SAN.DNS...)
		for _, ip := range c.SAN.IP {
			names = append(names, ip.String())
		}
	}
	if len(names) == 0 {
		names = c.Subject.CommonNames
	}
	return names
}

func subtrees(list []cert.Subtree) []string {
	out := []string{}
	for _, s := range list[:min(len(list), maxKept)] {
		value := s.Value
		switch {
		case s.Kind == "ip" && s.Net != nil:
			value = s.Net.String()
		case s.Kind == "dir":
			value = "…"
		}
		out = append(out, strings.ToUpper(s.Kind)+":"+shown(value))
	}
	return out
}
