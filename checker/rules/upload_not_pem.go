package rules

import (
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

// noCertificateInFile is what setWebhook answers to a file without a PEM
// certificate (td/net/SslCtx.cpp over OpenSSL's by_file.c).
const noCertificateInFile = "Bad Request: bad webhook: Failed to set custom certificate file" +
	"{error:05800088:x509 certificate routines::no certificate or crl found}"

type uploadNotPEMArgs struct {
	Format      string   `json:"format"` // what the file is
	Size        int64    `json:"size"`
	Notes       []string `json:"notes"`
	Readable    int      `json:"readable_certificates"` // found in it all the same
	PrivateKeys int      `json:"private_keys"`
	Needed      string   `json:"needed"` // none, leaf or root: what belongs there
}

func ruleUploadNotPEM() Rule {
	return Rule{
		ID: "upload.not_pem", Stage: StageUpload, Rank: 210,
		Severity: Blocker, Basis: Documented,
		Predicted: noCertificateInFile, Reporter: BySetWebhook,
		Sources: []Source{citeSelfSigned(), citeSetWebhook(), citeNetwork("SslCtx.cpp"), citeRFC(7468, "5")},
		Title: lang.Text{
			EN: `The uploaded file must be a certificate in PEM form; it is {{format .Format}}`,
			RU: `Нужен сертификат в виде PEM, а загруженный файл — это {{format .Format}}`,
		},
		Detail: lang.Text{
			EN: `The file has {{bytes .Size}}{{with .Notes}}; found in it: {{list .}}{{end}}. setWebhook takes a text file with a block from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE----- and refuses anything else at once. ` +
				`{{if eq .Needed "none"}}The server's chain ends at a public root, so nothing belongs there at all: leave the field empty.{{else if .Readable}}It does hold {{.Readable}} {{plural .Readable "certificate" "certificates" "certificates"}}: convert the file to PEM, without the private key, and upload the result.{{else}}Upload the {{if eq .Needed "root"}}root certificate of your CA{{else}}certificate that the server presents{{end}}, as PEM.{{end}}`,
			RU: `Размер файла — {{bytes .Size}}{{with .Notes}}; найдено в нём: {{list .}}{{end}}. setWebhook принимает текстовый файл с блоком от -----BEGIN CERTIFICATE----- до -----END CERTIFICATE----- и сразу отвергает всё остальное. ` +
				`{{if eq .Needed "none"}}Цепочка сервера ведёт к публичному корневому сертификату, так что загружать не нужно ничего: оставьте поле пустым.{{else if .Readable}}{{plural .Readable "Сертификат" "Сертификаты" "Сертификаты"}} в нём всё же есть ({{.Readable}}): преобразуйте файл в PEM без закрытого ключа и загрузите результат.{{else}}Загрузите {{if eq .Needed "root"}}корневой сертификат своего УЦ{{else}}сертификат, который предъявляет сервер,{{end}} в виде PEM.{{end}}`,
		},
		Meaning: lang.Text{
			EN: "The file handed over as certificate holds no certificate in PEM form: it is DER, a PKCS#12 or Java container, a signing request, a key alone, or any text. setWebhook checks that before anything else and answers 400.",
			RU: "В файле, переданном как certificate, нет сертификата в виде PEM: это DER, контейнер PKCS#12 или Java, запрос на сертификат, один только ключ или просто текст. setWebhook проверяет это прежде всего и отвечает 400.",
		},
		Example:  uploadNotPEMArgs{Format: "der-certificate", Size: 912, Notes: []string{}, Readable: 1, Needed: "leaf"},
		Check:    checkUploadNotPEM,
		Remedies: remedy.List(remedy.OpenSSLConvert, remedy.KeytoolConvert, remedy.WindowsConvert, remedy.OtherGetAnew, remedy.TelegramUploadNeeded),
	}
}

// refusedFile is setWebhook's answer with OpenSSL's own words for this file, ""
// where they cannot be told.
func refusedFile(f *facts.Facts) string {
	if f.Ev.Upload == nil || f.Ev.Upload.OpenSSLError == "" {
		return ""
	}
	return "Bad Request: bad webhook: Failed to set custom certificate file" + f.Ev.Upload.OpenSSLError
}

func checkUploadNotPEM(f *facts.Facts) *Hit {
	ft := f.Chain.Fault(facts.UploadNotPEM)
	if ft == nil {
		return nil
	}
	a := uploadNotPEMArgs{
		Format: shown(ft.Detail), Notes: []string{}, Readable: len(f.Upload.Certificates), Needed: f.Upload.Needed,
	}
	if u := f.Ev.Upload; u != nil {
		a.Size, a.Notes, a.PrivateKeys = u.Size, allShown(u.Notes), u.PrivateKeys
	}
	return &Hit{Args: a, Predicted: refusedFile(f)}
}
