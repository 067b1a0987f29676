package rules

import (
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

type pemTooMuchArgs struct {
	Items []pemItem `json:"items"`
}

func rulePemTooMuch() Rule {
	return Rule{
		ID: "pem.too_much", Stage: StageCertificate, Rank: 588,
		Severity: Blocker, Basis: Observed, Undecided: true, Reporter: BySetWebhook,
		Sources: []Source{citeSetWebhook(), citeRFC(7292, "6")},
		Title: lang.Text{
			EN: `More than is looked at ({{pemplace .Items}}): {{pemproblem .Items}}`,
			RU: `Больше, чем проверяется ({{pemplace .Items}}): {{pemproblem .Items}}`,
		},
		Detail: lang.Text{
			EN: `Beyond the bounds: {{pemplaces .Items}}. One file is read up to 3 MiB (setWebhook takes no more), an archive up to 200 files and 16 MiB unpacked, one level deep, and a container whose password costs up to 2,000,000 rounds of key derivation; 100 certificates are judged. What lies beyond was not looked at, so that the verdict stays open. Give the certificates of this server alone, as PEM.`,
			RU: `За пределами: {{pemplaces .Items}}. Файл читается до 3 МиБ (больше setWebhook не примет), архив — до 200 файлов и 16 МиБ после распаковки, без вложенных архивов, контейнер — если пароль требует не больше 2 000 000 итераций вывода ключа; проверяется до 100 сертификатов. Остальное не проверено, поэтому вердикта нет. Передайте только сертификаты этого сервера в виде PEM.`,
		},
		Meaning: lang.Text{
			EN: "A file is too big, an archive too large when unpacked or nested, a container too costly to open, or there are too many certificates. No server sends as much.",
			RU: "Файл слишком велик, архив слишком велик после распаковки или вложен, контейнер слишком дорого открывать или сертификатов слишком много. Столько не присылает ни один сервер.",
		},
		Example:  pemTooMuchArgs{Items: []pemItem{examplePemItem("pkcs12", "work")}},
		Check:    checkPemTooMuch,
		Remedies: remedy.List(remedy.OpenSSLConvert, remedy.OtherAskCA),
	}
}

func checkPemTooMuch(f *facts.Facts) *Hit {
	if len(f.Files.TooMuch) == 0 {
		return nil
	}
	return &Hit{Args: pemTooMuchArgs{Items: pemItems(f.Files.TooMuch)}}
}
