package rules

import (
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

type pemTruncatedArgs struct {
	Items    []pemItem `json:"items"`
	Readable int       `json:"readable_certificates"` // of all files
	Text     bool      `json:"text"`                  // the first is a block of PEM
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
			EN: `Damaged: {{pemplaces .Items}}. {{if .Text}}OpenSSL, and with it most servers and Telegram's client, refuses a whole PEM file for one block that it cannot read. {{end}}{{if .Readable}}{{.Readable}} {{plural .Readable "certificate" "certificates" "certificates"}} could be read here all the same, and the findings below speak of {{plural .Readable "it" "them" "them"}}.{{else}}No certificate could be read.{{end}} {{if .Text}}Usual causes: the text was copied in part or through a word processor or chat, the download broke off, files were joined without a line break between them, or an editor re-wrapped the lines.{{else}}Usual causes: the download broke off, or the file was sent as text (FTP in ASCII mode, mail, copy and paste).{{end}} Take the file anew from where it came.`,
			RU: `Повреждено: {{pemplaces .Items}}. {{if .Text}}OpenSSL, а с ним большинство серверов и клиент Telegram, отвергает весь файл PEM из-за одного нечитаемого блока. {{end}}{{if .Readable}}Сертификаты, которые всё же удалось прочитать ({{.Readable}}), проверены: о них говорят остальные находки.{{else}}Ни одного сертификата прочитать не удалось.{{end}} {{if .Text}}Обычные причины: текст скопирован не целиком либо через текстовый редактор или чат, загрузка оборвалась, файлы склеены без перевода строки между ними или редактор перенёс строки по-своему.{{else}}Обычные причины: загрузка оборвалась, или файл передан как текст (FTP в режиме ASCII, почта, копирование через буфер).{{end}} Возьмите файл заново там, откуда он взят.`,
		},
		Meaning: lang.Text{
			EN: "A certificate or a container breaks off, its text is damaged, or it is laid out so that OpenSSL does not see it. What can be read around it is judged.",
			RU: "Сертификат или контейнер обрывается, его текст повреждён либо записан так, что OpenSSL его не видит. Всё, что удаётся прочитать вокруг, проверяется.",
		},
		Example:  pemTruncatedArgs{Items: []pemItem{examplePemItem("certificate", "no_end")}, Readable: 1, Text: true},
		Check:    checkPemTruncated,
		Remedies: remedy.List(remedy.OtherGetAnew, remedy.OpenSSLChainPEM, remedy.OtherAskCA),
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
	return &Hit{Args: pemTruncatedArgs{Items: pemItems(f.Files.Damaged), Readable: readable, Text: f.Files.Damaged[0].Line > 0}}
}
