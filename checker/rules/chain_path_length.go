package rules

import (
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

type chainPathLengthArgs struct {
	CA    certRef `json:"ca"`    // whose limit is passed
	Limit int     `json:"limit"` // intermediates that may follow it; -1 unknown
	Below int     `json:"below"` // that do follow it; -1 unknown
}

func ruleChainPathLength() Rule {
	return Rule{
		ID: "chain.path_length", Stage: StageChain, Rank: 645,
		Severity: Blocker, Basis: Observed,
		Predicted: VerifyFailed, Reporter: ByGetWebhookInfo,
		Sources: []Source{citeRFC(5280, "4.2.1.9"), citeOpenSSL()},
		Title: lang.Text{
			EN: `The chain is longer than {{quote .CA.Subject}} permits`,
			RU: `Цепочка длиннее, чем разрешает {{quote .CA.Subject}}`,
		},
		Detail: lang.Text{
			EN: `{{which .CA}} {{if ge .Limit 0}}has pathlen:{{.Limit}} in its basicConstraints: {{if eq .Limit 0}}it may issue certificates for servers and no further CA{{else}}at most {{.Limit}} further {{plural .Limit "CA" "CAs" "CAs"}} may follow it{{end}}{{else}}limits the length of the path below it{{end}}{{if ge .Below 0}}, but {{.Below}} {{plural .Below "follows" "follow" "follow"}}{{end}}. Telegram's client enforces the limit. Have the server's certificate issued directly by a CA that is within it, or the CA certificate issued anew with a larger pathlen.`,
			RU: `{{if ge .Limit 0}}В basicConstraints сертификата {{which .CA}} записано pathlen:{{.Limit}} — {{if eq .Limit 0}}он может выпускать сертификаты серверов, но не других УЦ{{else}}под ним может быть не больше {{.Limit}} УЦ{{end}}{{else}}{{which .CA}} ограничивает длину пути под собой{{end}}{{if ge .Below 0}}; на деле же под ним {{.Below}} УЦ{{end}}. Клиент Telegram это ограничение соблюдает. Сертификат сервера должен быть выпущен УЦ в пределах ограничения, или сертификат УЦ нужно перевыпустить с большим pathlen.`,
		},
		Meaning: lang.Text{
			EN: "A CA certificate says how many further CAs may stand below it (pathlen), and the chain has more.",
			RU: "В сертификате УЦ указано, сколько УЦ может стоять под ним (pathlen), а в цепочке их больше.",
		},
		Example:  chainPathLengthArgs{CA: exampleAt(exampleCrossSign(), 2), Limit: 0, Below: 1},
		Check:    checkChainPathLength,
		Remedies: remedy.List(remedy.OtherAskCA, remedy.CertbotPublicCA),
	}
}

func checkChainPathLength(f *facts.Facts) *Hit {
	ft := f.Chain.Fault(facts.PathLength)
	if ft == nil {
		return nil
	}
	a := chainPathLengthArgs{CA: refOf(ft), Limit: -1, Below: -1}
	if ft.Cert == nil {
		return &Hit{Args: a}
	}
	if bc := ft.Cert.BasicConstraints; bc != nil {
		a.Limit = bc.PathLen
	}
	// Self-issued certificates do not count (RFC 5280, 4.2.1.9).
	below := 0
	for i, c := range f.Chain.Path {
		if c.SHA256 == ft.Cert.SHA256 {
			a.Below = below
		}
		if i > 0 && string(c.Subject.Canonical) != string(c.Issuer.Canonical) {
			below++
		}
	}
	return &Hit{Args: a}
}
