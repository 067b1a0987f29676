package rules

import (
	"hookcheck/checker/facts"
	"hookcheck/internal/lang"
)

type certCommonNameIgnoredArgs struct {
	Cert       certRef  `json:"certificate"`
	Host       string   `json:"host"`
	CommonName []string `json:"common_names"`
	Names      []string `json:"names"` // dNSNames
}

func ruleCertCommonNameIgnored() Rule {
	return Rule{
		ID: "cert.common_name_ignored", Stage: StageCertificate, Rank: 702,
		Severity: Blocker, Basis: Observed,
		Predicted: VerifyFailed, Reporter: ByGetWebhookInfo,
		Sources: []Source{citeRFC(6125, "6.4.4"), citeNetwork("SslStream.cpp"), citeGuide("ssl-needs-a-certificate")},
		Title: lang.Text{
			EN: `{{.Host}} is in the common name, which does not count beside the DNS names`,
			RU: `{{.Host}} есть только в common name, а при наличии DNS-имён оно не учитывается`,
		},
		Detail: lang.Text{
			EN: `The common name is {{list .CommonName}}, but the SAN lists other DNS names: {{list .Names}}. As soon as there is one DNS name in the SAN, OpenSSL, which Telegram's client compares names with, takes no notice of the common name. The guide's "CN or SAN" holds for a certificate without DNS names in the SAN alone. Have the certificate issued with {{.Host}} in the SAN.`,
			RU: `Common name — {{list .CommonName}}, но в SAN перечислены другие DNS-имена: {{list .Names}}. Если в SAN есть хотя бы одно DNS-имя, OpenSSL, которым клиент Telegram сверяет имена, на common name уже не смотрит. Сказанное в руководстве «CN или SAN» верно лишь для сертификата без DNS-имён в SAN. Выпустите сертификат, в котором {{.Host}} указан в SAN.`,
		},
		Meaning: lang.Text{
			EN: "The common name of the certificate is the host, but the SAN holds DNS names and the host is not among them. Then only those count.",
			RU: "Common name сертификата совпадает с хостом, но в SAN есть DNS-имена, и хоста среди них нет. Тогда учитываются только они.",
		},
		Example: certCommonNameIgnoredArgs{
			Cert: exampleLeaf(), Host: "bot.example.org", CommonName: []string{"bot.example.org"}, Names: []string{"www.example.org"},
		},
		Check:    checkCertCommonNameIgnored,
		Remedies: remakeRemedies,
	}
}

func checkCertCommonNameIgnored(f *facts.Facts) *Hit {
	ft := f.Chain.Fault(facts.CommonNameIgnored)
	if ft == nil {
		return nil
	}
	return &Hit{Args: certCommonNameIgnoredArgs{
		Cert: refOf(ft), Host: f.Host, CommonName: allShown(f.Names.CommonName), Names: allShown(f.Names.DNS),
	}}
}
