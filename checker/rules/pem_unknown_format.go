package rules

import (
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

type pemUnknownFormatArgs struct {
	Items []pemItem `json:"items"`
	Alone bool      `json:"alone"` // no other file gave a certificate
}

func rulePemUnknownFormat() Rule {
	return Rule{
		ID: "pem.unknown_format", Stage: StageCertificate, Rank: 591,
		Severity: Blocker, Basis: Documented, Undecided: true, Reporter: BySetWebhook,
		Sources: []Source{citeSelfSigned(), citeSetWebhook(), citeRFC(7468, "5")},
		Title: lang.Text{
			EN: `{{with pemproblem .Items}}The certificates in {{pemplace $.Items}} are not read: {{.}}{{else}}No certificate in {{pemplace .Items}}: it is {{pemformat .Items}}{{end}}`,
			RU: `{{with pemproblem .Items}}Сертификаты в {{pemplace $.Items}} не прочитаны: {{.}}{{else}}В {{pemplace .Items}} нет сертификата: это {{pemformat .Items}}{{end}}`,
		},
		Detail: lang.Text{
			EN: `Without certificates: {{pemplaces .Items}}. What is wanted are certificates: text with blocks from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----, or DER, PKCS#7 (.p7b), PKCS#12 (.p12, .pfx), a Java keystore, or a zip of these. The name of a file does not matter, its content does.{{if not .Alone}} The other files were judged.{{end}}`,
			RU: `Без сертификатов: {{pemplaces .Items}}. Нужны сертификаты: текст с блоками от -----BEGIN CERTIFICATE----- до -----END CERTIFICATE-----, DER, PKCS#7 (.p7b), PKCS#12 (.p12, .pfx), хранилище ключей Java или архив zip с такими файлами. Имя файла значения не имеет, важно содержимое.{{if not .Alone}} Остальные файлы проверены.{{end}}`,
		},
		Meaning: lang.Text{
			EN: "A file that was given for a check holds no certificate in any form that is known: a page, a text, a public key, a revocation list, nothing at all.",
			RU: "В переданном для проверки файле нет сертификата ни в одном из известных видов: это страница, текст, открытый ключ, список отзыва или пустой файл.",
		},
		Example:  pemUnknownFormatArgs{Items: []pemItem{{File: "bot.pem", Format: "html"}}, Alone: true},
		Check:    checkPemUnknownFormat,
		Remedies: remedy.List(remedy.OpenSSLConvert, remedy.KeytoolConvert, remedy.WindowsConvert),
	}
}

func checkPemUnknownFormat(f *facts.Facts) *Hit {
	if len(f.Files.Unknown) == 0 {
		return nil
	}
	h := &Hit{Args: pemUnknownFormatArgs{Items: pemItems(f.Files.Unknown), Alone: nothingElse(f)}}
	if !nothingElse(f) {
		h.Severity = Notice
	}
	return h
}
