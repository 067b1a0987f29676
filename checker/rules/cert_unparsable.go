package rules

import (
	"hookcheck/checker/facts"
	"hookcheck/internal/lang"
)

type certUnparsableArgs struct {
	Cert       certRef  `json:"certificate"`
	Whole      bool     `json:"whole"` // not even its outline could be read
	Sent       int      `json:"sent"`
	Size       int      `json:"size"`              // bytes, 0 where nothing was sent there
	Extensions []string `json:"extensions"`        // that do not parse
	Dates      bool     `json:"dates"`             // a date cannot be read
	Key        bool     `json:"key"`               // the public key cannot be decoded
	Unusable   bool     `json:"unusable_key"`      // it can be read, and is of no use
	OtherKey   bool     `json:"names_another_key"` // self-signed, and its authority key identifier denies it
	Reason     string   `json:"reason"`
}

func ruleCertUnparsable() Rule {
	return Rule{
		ID: "cert.unparsable", Stage: StageCertificate, Rank: 601,
		Severity: Blocker, Basis: Observed,
		Predicted: VerifyFailed, Reporter: ByGetWebhookInfo,
		Silences: []string{"tls.malformed"}, // a key that cannot be read verifies no handshake
		Sources:  []Source{citeRFC(5280, "4.1"), citeOpenSSL()},
		Title: lang.Text{
			EN: `{{if ge .Cert.Position 0}}Certificate {{nth .Cert.Position}} of the chain{{else}}The certificate {{quote .Cert.Subject}}{{end}} is damaged`,
			RU: `Сертификат {{if ge .Cert.Position 0}}{{nth .Cert.Position}} в цепочке{{else}}{{quote .Cert.Subject}}{{end}} повреждён`,
		},
		Detail: lang.Text{
			EN: `{{if .Whole}}What the server sends as certificate {{nth .Cert.Position}} of {{.Sent}}{{if .Size}} ({{.Size}} bytes){{end}} is not a certificate that can be read{{else}}{{which .Cert}} can be read in outline, but {{if .Extensions}}the contents of {{list .Extensions}} are invalid{{else if .Dates}}a date of its validity is not a date{{else if .Key}}its public key cannot be decoded{{else if .OtherKey}}it contradicts itself: its own key signed it, and its authority key identifier names another as its issuer, so that OpenSSL looks for that one{{else if .Unusable}}its public key verifies no signature{{else}}an extension of it is not allowed in this place{{end}}{{end}}{{with .Reason}}: {{.}}{{end}}. {{if .Whole}}Telegram's client reads every certificate that the server sends before it verifies the first, so one damaged certificate fails them all{{else}}OpenSSL, which Telegram's client verifies with, accepts no such certificate on the path{{end}}. Install the file again as the CA delivered it; where the certificate was made by a program of your own, have it made by another.`,
			RU: `{{if .Whole}}То, что сервер присылает под {{nth .Cert.Position}} из {{.Sent}}{{if .Size}} ({{.Size}} {{plural .Size "байт" "байта" "байт"}}){{end}}, прочитать как сертификат нельзя{{else}}{{which .Cert}} в целом читается, но {{if .Extensions}}содержимое {{list .Extensions}} недопустимо{{else if .Dates}}дата в его сроке действия — не дата{{else if .Key}}его открытый ключ не разбирается{{else if .OtherKey}}он противоречит сам себе: подписан собственным ключом, а authority key identifier называет издателем другой, и OpenSSL ищет тот другой{{else if .Unusable}}его открытым ключом не проверить ни одной подписи{{else}}одно из его расширений здесь недопустимо{{end}}{{end}}{{with .Reason}}: {{quote .}}{{end}}. {{if .Whole}}Клиент Telegram читает все присланные сертификаты ещё до проверки первого, поэтому один повреждённый губит всю цепочку{{else}}OpenSSL, которым проверяет клиент Telegram, такого сертификата на пути не допускает{{end}}. Установите файл заново в том виде, в каком его выдал УЦ; если сертификат создан собственной программой, создайте его другой.`,
		},
		Meaning: lang.Text{
			EN: "A certificate in the chain does not follow its own format so badly that OpenSSL refuses it: a truncated file, an extension with invalid contents, a key that is no key.",
			RU: "Один из сертификатов цепочки нарушает формат настолько, что OpenSSL его отвергает: обрезанный файл, расширение с недопустимым содержимым, ключ, который не ключ.",
		},
		Example: certUnparsableArgs{
			Cert: certRef{Position: 1}, Whole: true, Sent: 2, Size: 512, Extensions: []string{}, Reason: "unexpected end of data",
		},
		Check:    checkCertUnparsable,
		Remedies: remakeRemedies,
	}
}

func checkCertUnparsable(f *facts.Facts) *Hit {
	ft := f.Chain.Fault(facts.Unparsable)
	if ft == nil {
		return nil
	}
	a := certUnparsableArgs{
		Cert: refOf(ft), Whole: ft.Cert == nil, Sent: len(f.Chain.Presented), Extensions: []string{},
	}
	for _, p := range f.Chain.Presented {
		if p.Position == ft.Position {
			a.Size = len(p.DER)
		}
	}
	if a.Whole {
		a.Reason = shown(ft.Detail)
		return &Hit{Args: a, Predicted: f.Chain.Predicted(ft)}
	}
	a.OtherKey = ft.Denied
	a.Extensions = namedOIDs(splitList(ft.Detail))
	a.Dates = ft.Cert.BadNotBefore || ft.Cert.BadNotAfter
	a.Key = ft.Cert.Key.Err != nil
	unusable := ft.Cert.Key.Unusable()
	switch {
	case len(a.Extensions) > 0 || a.Dates || a.OtherKey:
	case a.Key:
		a.Reason = shown(ft.Cert.Key.Err.Error())
	case unusable != "":
		a.Unusable, a.Reason = true, unusable
	default:
		a.Reason = ft.Code
	}
	return &Hit{Args: a, Predicted: f.Chain.Predicted(ft)}
}
