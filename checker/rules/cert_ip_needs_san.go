package rules

import (
	"hookcheck/checker/facts"
	"hookcheck/internal/lang"
)

type certIPNeedsSANArgs struct {
	Cert       certRef  `json:"certificate"`
	Host       string   `json:"host"`
	Addresses  []string `json:"addresses"` // iPAddress entries
	DNS        []string `json:"dns_names"`
	CommonName []string `json:"common_names"`
	// AsName: the address stands where only a name is looked for.
	AsName bool `json:"address_as_name"`
}

func ruleCertIPNeedsSAN() Rule {
	return Rule{
		ID: "cert.ip_needs_san", Stage: StageCertificate, Rank: 704,
		Severity: Blocker, Basis: FromSource,
		Predicted: VerifyFailed, Reporter: ByGetWebhookInfo,
		Sources: []Source{citeNetwork("SslStream.cpp"), citeServer("WebhookActor.cpp"), citeRFC(5280, "4.2.1.6")},
		Title: lang.Text{
			EN: `The certificate has no iPAddress entry for {{.Host}}`,
			RU: `В сертификате нет записи iPAddress с адресом {{.Host}}`,
		},
		Detail: lang.Text{
			EN: `The webhook is on the address {{.Host}}, and the SAN holds {{with .Addresses}}the addresses {{list .}}{{else}}no address{{end}}{{with .DNS}}; its DNS names are {{list .}}{{end}}{{with .CommonName}}; the common name is {{list .}}{{end}}. Where nothing was uploaded, Telegram's client compares an address with the iPAddress entries of the SAN alone{{if .AsName}}: the address written as a DNS name or common name does not count{{end}}. Have the certificate made for the address, or set the webhook by a name that the certificate covers.`,
			RU: `Вебхук указан на адрес {{.Host}}, а в SAN {{with .Addresses}}адреса {{list .}}{{else}}адресов нет{{end}}{{with .DNS}}; DNS-имена — {{list .}}{{end}}{{with .CommonName}}; common name — {{list .}}{{end}}. Если файл не загружен, клиент Telegram сравнивает адрес только с записями iPAddress в SAN{{if .AsName}}: адрес, записанный как DNS-имя или common name, не учитывается{{end}}. Выпустите сертификат на этот адрес или укажите в вебхуке имя, которое в сертификате есть.`,
		},
		Meaning: lang.Text{
			EN: "The webhook URL holds an IP address, nothing was uploaded, and the SAN of the certificate has no iPAddress entry for it. The common name does not count for addresses then; with an upload it is the other way round.",
			RU: "В URL вебхука указан IP-адрес, файл не загружен, и в SAN сертификата нет записи iPAddress с этим адресом. Common name для адресов в этом случае не учитывается; с загруженным файлом всё наоборот.",
		},
		Example: certIPNeedsSANArgs{
			Cert: exampleAt(exampleRef("CN = 198.51.100.7", exampleIntermediate().Subject, "3f", -30, 60), 0), Host: "198.51.100.7",
			Addresses: []string{}, DNS: []string{}, CommonName: []string{"198.51.100.7"}, AsName: true,
		},
		Check:    checkCertIPNeedsSAN,
		Remedies: addressRemedies,
	}
}

func checkCertIPNeedsSAN(f *facts.Facts) *Hit {
	ft := f.Chain.Fault(facts.IPNeedsSAN)
	if ft == nil {
		return nil
	}
	n := &f.Names
	return &Hit{Args: certIPNeedsSANArgs{
		Cert: refOf(ft), Host: f.Host, Addresses: allShown(n.IPs), DNS: allShown(n.DNS), CommonName: allShown(n.CommonName),
		AsName: contains(n.DNS, f.Host) || contains(n.CommonName, f.Host),
	}}
}
