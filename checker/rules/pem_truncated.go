package rules

import (
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

type pemTruncatedArgs struct {
	Items    []pemItem `json:"items"`
	Readable int       `json:"readable_certificates"` // of all files
}

func rulePemTruncated() Rule {
	return Rule{
		ID: "pem.truncated", Stage: StageCertificate, Rank: 587,
		Severity: Blocker, Basis: Observed, Reporter: BySetWebhook,
		Sources: []Source{citeSelfSigned(), citeRFC(7468, "2"), citeRFC(7468, "5")},
		Title: lang.Text{
			EN: `The file is damaged ({{pemplace .Items}}): {{pemproblem .Items}}`,
			RU: `Файл повреждён ({{pemplace .Items}}): {{pemproblem .Items}}`,
		},
		Detail: lang.Text{
			EN: `Damaged: {{pemplaces .Items}}. OpenSSL, and with it most servers and Telegram's client, refuses a whole PEM file for one block that it cannot read. {{if .Readable}}{{.Readable}} {{plural .Readable "certificate" "certificates" "certificates"}} could be read here all the same, and the findings below speak of {{plural .Readable "it" "them" "them"}}.{{else}}No certificate could be read.{{end}} Usual causes: the text was copied in part or through a word processor or chat, the download broke off, files were joined without a line break between them, or an editor re-wrapped the lines.`,
			RU: `Повреждено: {{pemplaces .Items}}. OpenSSL, а с ним большинство серверов и клиент Telegram, отвергает весь файл PEM из-за одного нечитаемого блока. {{if .Readable}}Сертификаты, которые всё же удалось прочитать ({{.Readable}}), проверены: о них говорят остальные находки.{{else}}Ни одного сертификата прочитать не удалось.{{end}} Обычные причины: текст скопирован не целиком либо через текстовый редактор или чат, загрузка оборвалась, файлы склеены без перевода строки между ними или редактор перенёс строки по-своему.`,
		},
		Meaning: lang.Text{
			EN: "A certificate or a container breaks off, its text is damaged, or it is laid out so that OpenSSL does not see it. What can be read around it is judged.",
			RU: "Сертификат или контейнер обрывается, его текст повреждён либо записан так, что OpenSSL его не видит. Всё, что удаётся прочитать вокруг, проверяется.",
		},
		Example:  pemTruncatedArgs{Items: []pemItem{examplePemItem("certificate", "no_end")}, Readable: 1},
		Check:    checkPemTruncated,
		Remedies: remedy.List(remedy.OpenSSLChainPEM, remedy.OpenSSLConvert, remedy.OtherAskCA),
	}
}

func checkPemTruncated(f *facts.Facts) *Hit {
	if len(f.Files.Damaged) == 0 {
		return nil
	}
	readable := 0
	for _, p := range f.Chain.Presented {
		if p.Cert != nil {
			readable++
		}
	}
	return &Hit{Args: pemTruncatedArgs{Items: pemItems(f.Files.Damaged), Readable: readable}}
}
