package rules

import (
	"hookcheck/checker/certfile"
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

type pemMixedArgs struct {
	Items []pemItem `json:"items"`
}

func rulePemMixed() Rule {
	return Rule{
		ID: "pem.mixed", Stage: StageCertificate, Rank: 593,
		Severity: Blocker, Basis: Observed, Reporter: BySetWebhook,
		Sources: []Source{citeSelfSigned(), citeRFC(7468, "5.1")},
		Title: lang.Text{
			EN: `Something else stands among the certificates ({{pemplace .Items}})`,
			RU: `Среди сертификатов есть кое-что ещё ({{pemplace .Items}})`,
		},
		Detail: lang.Text{
			EN: `Beside the certificates: {{pemplaces .Items}}. A server's certificate file and the file for setWebhook hold certificates and nothing else. OpenSSL passes over blocks of other kinds that it can read, other programs stop at the first one or refuse the file. Take it out.`,
			RU: `Кроме сертификатов найдено: {{pemplaces .Items}}. В файле сертификатов сервера и в файле для setWebhook должны быть только сертификаты. OpenSSL пропускает читаемые блоки других видов, другие программы останавливаются на первом из них или отвергают файл. Уберите лишнее.`,
		},
		Meaning: lang.Text{
			EN: "A file holds certificates and other things: a signing request, a public key, a revocation list, a container. Where OpenSSL reads past them it is a warning.",
			RU: "В файле вместе с сертификатами лежит другое: запрос на сертификат, открытый ключ, список отзыва, контейнер. Если OpenSSL это пропускает, находка — предупреждение.",
		},
		Example:  pemMixedArgs{Items: []pemItem{examplePemItem("request", "")}},
		Check:    checkPemMixed,
		Remedies: remedy.List(remedy.OpenSSLChainPEM, remedy.OpenSSLConvert),
	}
}

// checkPemMixed: what OpenSSL reads past does not keep Telegram from anything.
func checkPemMixed(f *facts.Facts) *Hit {
	if len(f.Files.Mixed) == 0 {
		return nil
	}
	h := &Hit{Args: pemMixedArgs{Items: pemItems(f.Files.Mixed)}, Severity: Warning}
	for _, i := range f.Files.Mixed {
		if i.Problem != "" && i.Problem != string(certfile.ProblemAlien) {
			h.Severity = ""
		}
	}
	return h
}
