package rules

import (
	"hookcheck/checker/facts"
	"hookcheck/internal/lang"
)

type certCommonNameOnlyArgs struct {
	Cert       certRef  `json:"certificate"`
	Host       string   `json:"host"`
	IsIP       bool     `json:"is_ip"`
	CommonName []string `json:"common_names"`
}

func ruleCertCommonNameOnly() Rule {
	return Rule{
		ID: "cert.common_name_only", Stage: StageCertificate, Rank: 794,
		Severity: Warning, Basis: Observed,
		Sources: []Source{citeGuide("ssl-needs-a-certificate"), citeRFC(6125, "6.4.4"), citeRFC(9525, "6.3")},
		Title: lang.Text{
			EN: `{{.Host}} is named in the common name alone`,
			RU: `{{.Host}} указан только в common name`,
		},
		Detail: lang.Text{
			EN: `The common name is {{list .CommonName}}, and the SAN has no {{if .IsIP}}entry for this address{{else}}DNS name{{end}}. Telegram's client accepts that. Browsers, curl and most libraries have stopped looking at the common name, so other tests of this server will report a name mismatch. {{if .IsIP}}Keep the common name, which Telegram needs, and add an iPAddress entry.{{else}}Have the certificate made with the name in the SAN.{{end}}`,
			RU: `Common name — {{list .CommonName}}, а в SAN нет {{if .IsIP}}записи с этим адресом{{else}}DNS-имён{{end}}. Клиент Telegram это принимает. Браузеры, curl и большинство библиотек на common name больше не смотрят, поэтому другие проверки этого сервера сообщат о несовпадении имени. {{if .IsIP}}Оставьте common name — он нужен Telegram — и добавьте запись iPAddress.{{else}}Выпустите сертификат с именем в SAN.{{end}}`,
		},
		Meaning: lang.Text{
			EN: "The certificate names its host in the old place, the common name. It works for Telegram, and almost nowhere else.",
			RU: "Имя хоста в сертификате записано по-старому, в common name. Для Telegram этого достаточно, а почти для всех остальных — нет.",
		},
		Example:  certCommonNameOnlyArgs{Cert: exampleSelfSigned(), Host: "bot.example.org", CommonName: []string{"bot.example.org"}},
		Check:    checkCertCommonNameOnly,
		Remedies: remakeRemedies,
	}
}

// checkCertCommonNameOnly passes over a certificate for an address that holds
// an iPAddress entry besides: that is what serves every client.
func checkCertCommonNameOnly(f *facts.Facts) *Hit {
	n := &f.Names
	if !n.Match || !n.ViaCN || f.IsIP && contains(n.IPs, f.Host) {
		return nil
	}
	return &Hit{Args: certCommonNameOnlyArgs{
		Cert: leafRef(f), Host: f.Host, IsIP: f.IsIP, CommonName: allShown(n.CommonName),
	}}
}
