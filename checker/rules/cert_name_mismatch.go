package rules

import (
	"hookcheck/checker/facts"
	"hookcheck/internal/lang"
)

type certNameMismatchArgs struct {
	Cert       certRef  `json:"certificate"`
	Host       string   `json:"host"`
	Names      []string `json:"names"`        // that count for Telegram
	CommonName []string `json:"common_names"` // of the subject
	Addresses  []string `json:"addresses"`    // iPAddress entries
	ByCN       bool     `json:"by_common_name"`
	Near       string   `json:"near"` // the nearest name, "" for none
	NearKind   string   `json:"near_kind"`
}

func ruleCertNameMismatch() Rule {
	return Rule{
		ID: "cert.name_mismatch", Stage: StageCertificate, Rank: 700,
		Severity: Blocker, Basis: Documented,
		Predicted: VerifyFailed, Reporter: ByGetWebhookInfo,
		Sources: []Source{citeGuide("ssl-needs-a-certificate"), citeNetwork("SslStream.cpp"), citeRFC(6125, "6.4")},
		Title: lang.Text{
			EN: `The certificate is not for {{.Host}}{{with .Names}}, but for {{few .}}{{end}}`,
			RU: `Сертификат выпущен не для {{.Host}}{{with .Names}}, а для {{few .}}{{end}}`,
		},
		Detail: lang.Text{
			EN: `{{if not .Names}}The certificate {{quote .Cert.Subject}} names no host at all: it has no DNS name in its SAN and no common name{{else if .ByCN}}The certificate has no DNS name in its SAN, so the common name counts, and that is {{list .Names}}{{else}}The DNS names in its SAN are {{list .Names}}{{end}}; the webhook is on {{.Host}}. Telegram's client compares the host of the webhook URL with these names and nothing else.` +
				`{{if eq .NearKind "www"}} Nearest: {{.Near}}. With and without www. are two names.{{else if eq .NearKind "apex"}} Nearest: {{.Near}}. A name does not cover the names below it.{{else if eq .NearKind "wildcard"}} Nearest: {{.Near}}. A wildcard stands for exactly one label: it covers neither the bare domain nor a deeper name.{{else if eq .NearKind "typo"}} Nearest: {{.Near}}. That looks like a slip of the pen on one side.{{else if eq .NearKind "ip"}} It names the address {{.Near}}, but the webhook uses a name.{{else if .Near}} Nearest: {{.Near}}, of the same domain.{{end}}` +
				` Have the certificate issued with {{.Host}} among its names{{if .Near}}, or set the webhook to a name that it does cover{{end}}.`,
			RU: `{{if not .Names}}В сертификате {{quote .Cert.Subject}} нет ни одного имени хоста: ни DNS-имени в SAN, ни common name{{else if .ByCN}}DNS-имён в SAN у сертификата нет, поэтому учитывается common name: {{list .Names}}{{else}}DNS-имена в его SAN: {{list .Names}}{{end}}; вебхук указан на {{.Host}}. Клиент Telegram сравнивает хост из URL вебхука только с ними.` +
				`{{if eq .NearKind "www"}} Ближайшее имя — {{.Near}}. С www. и без него — это два разных имени.{{else if eq .NearKind "apex"}} Ближайшее имя — {{.Near}}. На имена под ним сертификат не распространяется.{{else if eq .NearKind "wildcard"}} Ближайшее имя — {{.Near}}. Звёздочка заменяет ровно одну метку: ни сам домен, ни более глубокие имена она не покрывает.{{else if eq .NearKind "typo"}} Ближайшее имя — {{.Near}}. Похоже на опечатку с одной из сторон.{{else if eq .NearKind "ip"}} В нём указан адрес {{.Near}}, а вебхук задан по имени.{{else if .Near}} Ближайшее имя — {{.Near}}, в том же домене.{{end}}` +
				` Выпустите сертификат, в котором есть имя {{.Host}}{{if .Near}}, или укажите в вебхуке имя, которое в нём есть{{end}}.`,
		},
		Meaning: lang.Text{
			EN: "None of the names in the certificate is the host of the webhook. DNS names in the SAN count; the common name counts only where there is no DNS name in the SAN at all. Case does not matter, a trailing dot in the certificate spoils a name.",
			RU: "Ни одно имя в сертификате не совпадает с хостом вебхука. Учитываются DNS-имена из SAN; common name — только когда DNS-имён в SAN нет совсем. Регистр не важен, точка на конце имени в сертификате делает его непригодным.",
		},
		Example: certNameMismatchArgs{
			Cert: exampleAt(exampleRef("CN = www.example.org", exampleIntermediate().Subject, "3f", -30, 60), 0), Host: "bot.example.org",
			Names: []string{"www.example.org", "example.org"}, CommonName: []string{"www.example.org"}, Addresses: []string{},
			Near: "www.example.org", NearKind: facts.NearSibling,
		},
		Check:    checkCertNameMismatch,
		Remedies: nameMismatchRemedies,
	}
}

func checkCertNameMismatch(f *facts.Facts) *Hit {
	ft := f.Chain.Fault(facts.NameMismatch)
	if ft == nil {
		return nil
	}
	n := &f.Names
	return &Hit{Args: certNameMismatchArgs{
		Cert: refOf(ft), Host: f.Host, Names: allShown(n.All), CommonName: allShown(n.CommonName),
		Addresses: allShown(n.IPs), ByCN: len(n.DNS) == 0, Near: shown(n.Near), NearKind: n.NearKind,
	}}
}
