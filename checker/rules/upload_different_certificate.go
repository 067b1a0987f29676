package rules

import (
	"hookcheck/checker/facts"
	"hookcheck/internal/lang"
)

type uploadDifferentCertificateArgs struct {
	Uploaded   []certRef `json:"uploaded"`
	Presented  certRef   `json:"presented"`
	SelfSigned bool      `json:"self_signed"` // the presented one is
	SameName   bool      `json:"same_name"`   // an uploaded one has the same subject: renewed, most likely
	RootKnown  bool      `json:"root_known"`
}

func ruleUploadDifferentCertificate() Rule {
	return Rule{
		ID: "upload.different_certificate", Stage: StageUpload, Rank: 594,
		Severity: Blocker, Basis: FromSource,
		Predicted: VerifyFailed, Reporter: ByGetWebhookInfo,
		Sources: []Source{citeSelfSigned(), citeSetWebhook(), citeNetwork("SslCtx.cpp")},
		Title: lang.Text{
			EN: `{{if .SelfSigned}}The uploaded certificate is not the one that the server presents{{else}}The uploaded file does not belong to the server's chain{{end}}`,
			RU: `{{if .SelfSigned}}Загружен не тот сертификат, который предъявляет сервер{{else}}Загруженный файл не относится к цепочке сервера{{end}}`,
		},
		Detail: lang.Text{
			EN: `The server presents {{quote .Presented.Subject}}, valid from {{date .Presented.NotBefore}}, SHA-256 {{fp .Presented.SHA256}}. Uploaded: {{range $i, $c := .Uploaded}}{{if lt $i 3}}{{if $i}}; {{end}}{{quote $c.Subject}}, valid from {{date $c.NotBefore}}, SHA-256 {{fp $c.SHA256}}{{end}}{{else}}no certificate{{end}}. ` +
				`{{if .SameName}}The names are the same: the server's certificate was made anew and the old one is still uploaded. {{end}}Telegram trusts the uploaded file alone for this webhook{{if .SelfSigned}} and wants this very certificate in it; one of the same name is another one{{end}}. ` +
				`{{if .SelfSigned}}Upload the certificate that the server presents now; after each renewal again.{{else if .RootKnown}}Upload the root of the chain that the server sends; it is at hand.{{else}}Upload the root of the CA that issued it ({{quote .Presented.Issuer}}).{{end}}`,
			RU: `Сервер предъявляет {{quote .Presented.Subject}}, действует с {{date .Presented.NotBefore}}, SHA-256 {{fp .Presented.SHA256}}. Загружено: {{range $i, $c := .Uploaded}}{{if lt $i 3}}{{if $i}}; {{end}}{{quote $c.Subject}}, действует с {{date $c.NotBefore}}, SHA-256 {{fp $c.SHA256}}{{end}}{{else}}ни одного сертификата{{end}}. ` +
				`{{if .SameName}}Имена совпадают: сертификат сервера создали заново, а загружен всё ещё старый. {{end}}Для этого вебхука Telegram доверяет только загруженному файлу{{if .SelfSigned}}, и в нём должен быть именно этот сертификат, а не другой с тем же именем{{end}}. ` +
				`{{if .SelfSigned}}Загрузите сертификат, который сервер предъявляет сейчас; после каждого перевыпуска — снова.{{else if .RootKnown}}Загрузите корневой сертификат цепочки, которую присылает сервер; он здесь есть.{{else}}Загрузите корневой сертификат УЦ, выпустившего этот сертификат ({{quote .Presented.Issuer}}).{{end}}`,
		},
		Meaning: lang.Text{
			EN: "A file was uploaded that has nothing to do with what the server presents. Mostly a self-signed certificate was made anew, with the same name, and only the server got it.",
			RU: "Загружен файл, никак не связанный с тем, что предъявляет сервер. Чаще всего самоподписанный сертификат создали заново с тем же именем, но поставили только на сервер.",
		},
		Example: uploadDifferentCertificateArgs{
			Uploaded:  []certRef{exampleAt(exampleRef("CN = bot.example.org", "CN = bot.example.org", "91", -395, -30), -1)},
			Presented: exampleSelfSigned(), SelfSigned: true, SameName: true,
		},
		Check:    checkUploadDifferentCertificate,
		Remedies: differentUploadRemedies,
	}
}

func checkUploadDifferentCertificate(f *facts.Facts) *Hit {
	ft := f.Chain.Fault(facts.UploadOther)
	if ft == nil {
		return nil
	}
	a := uploadDifferentCertificateArgs{
		Uploaded: uploadedRefs(f), Presented: leafRef(f), SelfSigned: namesItself(f.Leaf),
		RootKnown: f.Upload.NeededPEM != "",
	}
	for _, u := range a.Uploaded {
		if u.Subject == a.Presented.Subject {
			a.SameName = true
		}
	}
	return &Hit{Args: a, Predicted: f.Chain.Predicted(ft)}
}
