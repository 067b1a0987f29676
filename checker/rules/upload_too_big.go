package rules

import (
	"fmt"

	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

type uploadTooBigArgs struct {
	Size   int64  `json:"size"`
	Limit  int64  `json:"limit"`
	Needed string `json:"needed"`
}

func ruleUploadTooBig() Rule {
	return Rule{
		ID: "upload.too_big", Stage: StageUpload, Rank: 200,
		Severity: Blocker, Basis: FromSource,
		Predicted: certificateTooBig(facts.MaxUpload + 1), Reporter: BySetWebhook,
		Sources: []Source{citeServer("Client.cpp"), citeServer("Client.h"), citeSetWebhook()},
		Title: lang.Text{
			EN: `The uploaded file is too big: {{bytes .Size}}`,
			RU: `Загруженный файл слишком велик: {{bytes .Size}}`,
		},
		Detail: lang.Text{
			EN: `The file given as certificate has {{bytes .Size}}; setWebhook takes at most {{bytes .Limit}}. One certificate as PEM has about two thousand. {{if eq .Needed "none"}}The server's chain ends at a public root, so nothing has to be uploaded at all.{{else if eq .Needed "root"}}Upload the root certificate of the CA alone, not a whole list of roots.{{else}}Upload the certificate that the server presents, and that alone.{{end}}`,
			RU: `В файле, указанном как certificate, {{bytes .Size}}; setWebhook принимает не больше {{bytes .Limit}}. Один сертификат в виде PEM занимает около двух тысяч. {{if eq .Needed "none"}}Цепочка сервера ведёт к публичному корневому сертификату, так что загружать ничего не нужно.{{else if eq .Needed "root"}}Загрузите только корневой сертификат УЦ, а не целый список корневых.{{else}}Загрузите только сертификат, который предъявляет сервер.{{end}}`,
		},
		Meaning: lang.Text{
			EN: "setWebhook refuses a certificate file over 3 MiB before it looks inside. So large a file is a bundle of roots or not a certificate at all.",
			RU: "Файл сертификата больше 3 МиБ setWebhook отвергает, не заглядывая внутрь. Такой большой файл — это набор корневых сертификатов или вовсе не сертификат.",
		},
		Example:  uploadTooBigArgs{Size: facts.MaxUpload + 1, Limit: facts.MaxUpload, Needed: "none"},
		Check:    checkUploadTooBig,
		Remedies: remedy.List(remedy.TelegramUploadNeeded),
	}
}

func checkUploadTooBig(f *facts.Facts) *Hit {
	if f.Chain.Fault(facts.UploadTooBig) == nil {
		return nil
	}
	a := uploadTooBigArgs{Limit: facts.MaxUpload, Needed: f.Upload.Needed}
	if f.Ev.Upload != nil {
		a.Size = f.Ev.Upload.Size
	}
	return &Hit{Args: a, Predicted: certificateTooBig(a.Size)}
}

// certificateTooBig is setWebhook's answer (telegram-bot-api, Client.cpp).
func certificateTooBig(size int64) string {
	return fmt.Sprintf("Bad Request: certificate size is too big (%d bytes)", size)
}
