package rules

import (
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

type uploadEmptyArgs struct {
	Size   int64  `json:"size"`
	Needed string `json:"needed"` // none, leaf or root: what belongs there
}

func ruleUploadEmpty() Rule {
	return Rule{
		ID: "upload.empty", Stage: StageUpload, Rank: 205,
		Severity: Blocker, Basis: FromSource,
		Predicted: noCertificateInFile, Reporter: BySetWebhook,
		Sources: []Source{citeServer("Client.cpp"), citeNetwork("SslCtx.cpp"), citeSetWebhook()},
		Title: lang.Text{
			EN: `The uploaded file is empty`,
			RU: `Загруженный файл пуст`,
		},
		Detail: lang.Text{
			EN: `The file given as certificate has {{bytes .Size}}{{if .Size}}, all of them blank{{end}}. An empty file is not the same as an empty field: setWebhook takes it for a certificate and refuses it. {{if eq .Needed "none"}}The server's chain ends at a public root, so give no file at all: the field certificate without a value.{{else if eq .Needed "root"}}Upload the root certificate of the CA.{{else}}Upload the certificate that the server presents.{{end}}`,
			RU: `В файле, указанном как certificate, {{bytes .Size}}{{if .Size}}, и все они пустые{{end}}. Пустой файл и пустое поле — не одно и то же: файл setWebhook считает сертификатом и отвергает. {{if eq .Needed "none"}}Цепочка сервера ведёт к публичному корневому сертификату, поэтому файл не нужен: передайте поле certificate без значения.{{else if eq .Needed "root"}}Загрузите корневой сертификат УЦ.{{else}}Загрузите сертификат, который предъявляет сервер.{{end}}`,
		},
		Meaning: lang.Text{
			EN: "A file without contents was handed over as certificate, often because the path was wrong or a command that should have written it failed.",
			RU: "Как certificate передан файл без содержимого — часто потому, что указан неверный путь или не сработала команда, которая должна была его записать.",
		},
		Example: uploadEmptyArgs{Needed: "leaf"},
		Check:   checkUploadEmpty,
		Remedies: func(p *remedy.Params) []remedy.Remedy {
			return listed(p, these(remedy.TelegramUploadNeeded), otherCalls())
		},
	}
}

func checkUploadEmpty(f *facts.Facts) *Hit {
	if f.Chain.Fault(facts.UploadEmpty) == nil {
		return nil
	}
	a := uploadEmptyArgs{Needed: f.Upload.Needed}
	if f.Ev.Upload != nil {
		a.Size = f.Ev.Upload.Size
	}
	return &Hit{Args: a}
}
