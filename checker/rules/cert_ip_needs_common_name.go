package rules

import (
	"hookcheck/checker/facts"
	"hookcheck/internal/lang"
)

type certIPNeedsCommonNameArgs struct {
	Cert       certRef  `json:"certificate"`
	Host       string   `json:"host"`
	Addresses  []string `json:"addresses"`
	DNS        []string `json:"dns_names"`
	CommonName []string `json:"common_names"`
	InSAN      bool     `json:"address_in_san"` // as an iPAddress entry, which does not count here
}

func ruleCertIPNeedsCommonName() Rule {
	return Rule{
		ID: "cert.ip_needs_common_name", Stage: StageCertificate, Rank: 706,
		Severity: Blocker, Basis: FromSource,
		Predicted: VerifyFailed, Reporter: ByGetWebhookInfo,
		Sources: []Source{citeServer("WebhookActor.cpp"), citeNetwork("SslStream.cpp"), citeSelfSigned()},
		Title: lang.Text{
			EN: `With an upload the common name must be the address {{.Host}}`,
			RU: `При загруженном файле в common name должен стоять адрес {{.Host}}`,
		},
		Detail: lang.Text{
			EN: `The webhook is on the address {{.Host}}. The certificate has {{with .CommonName}}the common name {{list .}}{{else}}no common name{{end}}{{with .DNS}}, the DNS names {{list .}}{{end}}{{with .Addresses}}, the iPAddress entries {{list .}}{{end}}. Where a file was uploaded, Telegram's client compares the address as if it were a host name: with the DNS names, or, where there is none, with the common name. {{if .InSAN}}The iPAddress entry, right as it is for browsers, is not looked at. {{end}}Make the certificate anew with the common name {{.Host}}{{if .DNS}}, without DNS names,{{end}} and an iPAddress entry for other clients; install it, then upload it.`,
			RU: `Вебхук указан на адрес {{.Host}}. В сертификате {{with .CommonName}}common name — {{list .}}{{else}}common name нет{{end}}{{with .DNS}}, DNS-имена — {{list .}}{{end}}{{with .Addresses}}, записи iPAddress — {{list .}}{{end}}. Если загружен файл, клиент Telegram сравнивает адрес так, будто это имя хоста: с DNS-именами, а если их нет — с common name. {{if .InSAN}}Запись iPAddress, верная для браузеров, не учитывается. {{end}}Создайте сертификат заново: common name {{.Host}}{{if .DNS}}, без DNS-имён{{end}}, а для других клиентов — ещё и запись iPAddress; установите его на сервер и затем загрузите.`,
		},
		Meaning: lang.Text{
			EN: "The webhook URL holds an IP address and a file was uploaded. The client then treats the address as a host name, so it must be the common name (or a DNS name); an iPAddress entry alone is not enough.",
			RU: "В URL вебхука указан IP-адрес, и загружен файл. Тогда клиент считает адрес именем хоста, поэтому он должен стоять в common name (или среди DNS-имён); одной записи iPAddress недостаточно.",
		},
		Example: certIPNeedsCommonNameArgs{
			Cert: exampleSelfSigned(), Host: "198.51.100.7", Addresses: []string{"198.51.100.7"}, DNS: []string{},
			CommonName: []string{"bot"}, InSAN: true,
		},
		Check:    checkCertIPNeedsCommonName,
		Remedies: addressRemedies,
	}
}

func checkCertIPNeedsCommonName(f *facts.Facts) *Hit {
	ft := f.Chain.Fault(facts.IPNeedsCommonName)
	if ft == nil {
		return nil
	}
	n := &f.Names
	return &Hit{Args: certIPNeedsCommonNameArgs{
		Cert: refOf(ft), Host: f.Host, Addresses: allShown(n.IPs), DNS: allShown(n.DNS),
		CommonName: allShown(n.CommonName), InSAN: contains(n.IPs, f.Host),
	}}
}
