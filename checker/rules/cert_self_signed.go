package rules

import (
	"hookcheck/checker/facts"
	"hookcheck/internal/lang"
)

type certSelfSignedArgs struct {
	Cert      certRef  `json:"certificate"`
	Host      string   `json:"host"`
	IsIP      bool     `json:"is_ip"`
	WouldFail []string `json:"would_fail"`
	// Remake: the certificate has to be made anew with the address as common
	// name before an upload can help.
	Remake bool `json:"remake_for_ip"`
}

func ruleCertSelfSigned() Rule {
	return Rule{
		ID: "cert.self_signed", Stage: StageCertificate, Rank: 605,
		Severity: Blocker, Basis: Documented,
		Predicted: VerifyFailed, Reporter: ByGetWebhookInfo,
		Sources: []Source{citeSelfSigned(), citeSetWebhook(), citeGuide("verified-or-self-signed"), citeNetwork("SslCtx.cpp")},
		Title: lang.Text{
			EN: `The certificate is self-signed and was not uploaded`,
			RU: `Сертификат самоподписанный, а в setWebhook он не передан`,
		},
		Detail: lang.Text{
			EN: `The server presents {{quote .Cert.Subject}}, signed by itself, valid until {{date .Cert.NotAfter}}, SHA-256 {{fp .Cert.SHA256}}. Nobody but the server vouches for it, so Telegram's client refuses it unless the very same certificate was handed to setWebhook, as a file, in the field certificate. ` +
				`{{if .Remake}}Uploading this one would not be enough: with an upload Telegram compares {{.Host}} with the common name and takes no notice of an iPAddress entry in the SAN. Make it anew with the common name {{.Host}} and an iPAddress entry besides, install it, then upload it.{{else if .WouldFail}}Uploading it as it stands would not be enough: {{faults .WouldFail}}. Make it anew without that fault, install it, then upload it.{{else}}Uploaded as it stands it is accepted: everything else about it passes.{{end}}`,
			RU: `Сервер предъявляет {{quote .Cert.Subject}}: сертификат подписан самим собой, действует до {{date .Cert.NotAfter}}, SHA-256 {{fp .Cert.SHA256}}. Кроме самого сервера, за него никто не ручается, поэтому клиент Telegram отвергает его, если этот же сертификат не передан в setWebhook файлом в поле certificate. ` +
				`{{if .Remake}}Загрузить нынешний сертификат недостаточно: при загруженном файле Telegram сравнивает {{.Host}} с common name, а запись iPAddress в SAN не учитывает. Создайте сертификат заново с common name {{.Host}} и с записью iPAddress, установите его на сервер и затем загрузите.{{else if .WouldFail}}Загрузить его как есть недостаточно: {{faults .WouldFail}}. Создайте сертификат заново без этого недостатка, установите на сервер и затем загрузите.{{else}}Если загрузить его как есть, Telegram его примет: в остальном он подходит.{{end}}`,
		},
		Meaning: lang.Text{
			EN: "The server's certificate is its own issuer. Telegram supports that, on one condition: setWebhook must receive the certificate itself, as an uploaded PEM file; a path or the text in a string does not count as one. The file is then all that Telegram trusts for this webhook, so every new certificate has to be uploaded again.",
			RU: "Сертификат сервера сам себе издатель. Telegram это допускает при одном условии: setWebhook должен получить сам сертификат файлом PEM; путь к файлу или его текст в строке файлом не считаются. После этого для данного вебхука Telegram доверяет только этому файлу, поэтому каждый новый сертификат нужно загружать снова.",
		},
		Example:  certSelfSignedArgs{Cert: exampleSelfSigned(), Host: "bot.example.org", WouldFail: []string{}},
		Check:    checkCertSelfSigned,
		Remedies: selfSignedRemedies,
	}
}

func checkCertSelfSigned(f *facts.Facts) *Hit {
	ft := f.Chain.Fault(facts.SelfSigned)
	if ft == nil {
		return nil
	}
	a := certSelfSignedArgs{Cert: refOf(ft), Host: f.Host, IsIP: f.IsIP, WouldFail: wouldFail(f)}
	a.Remake = len(a.WouldFail) == 1 && a.WouldFail[0] == string(facts.IPNeedsCommonName)
	return &Hit{Args: a}
}
