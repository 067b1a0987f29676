package rules

import (
	"slices"

	"hookcheck/checker/certfile"
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

type pemConvertedArgs struct {
	Items        []pemItem `json:"items"`
	Certificates int       `json:"certificates"`
	Arranged     bool      `json:"arranged"` // they came without an order and were put into one
}

func rulePemConverted() Rule {
	return Rule{
		ID: "pem.converted", Stage: StageCertificate, Rank: 788,
		Severity: Notice, Basis: Documented,
		Sources: []Source{citeSelfSigned(), citeSetWebhook(), citeRFC(7468, "5")},
		Title: lang.Text{
			EN: `The certificates are not in PEM form: {{pemformat .Items}}`,
			RU: `Сертификаты не в виде PEM: {{pemformat .Items}}`,
		},
		Detail: lang.Text{
			EN: `{{pemplaces .Items}}; {{.Certificates}} {{plural .Certificates "certificate was" "certificates were" "certificates were"}} taken out and judged. {{if .Arranged}}A container keeps no order: here the server's certificate comes first, then each one's issuer. {{end}}nginx, Apache, HAProxy and setWebhook want PEM: the fix writes it.`,
			RU: `{{pemplaces .Items}}; {{plural .Certificates "извлечён и проверен" "извлечены и проверены" "извлечены и проверены"}} {{.Certificates}} {{plural .Certificates "сертификат" "сертификата" "сертификатов"}}. {{if .Arranged}}Порядка в контейнере нет: здесь первым стоит сертификат сервера, за ним издатель каждого. {{end}}nginx, Apache, HAProxy и setWebhook ждут PEM: его запишет исправление.`,
		},
		Meaning: lang.Text{
			EN: "Certificates were given in DER, PKCS#7, PKCS#12, a Java keystore, an archive or bare base64. They are judged; servers and setWebhook want PEM.",
			RU: "Сертификаты переданы в виде DER, PKCS#7, PKCS#12, хранилища Java, архива или голого base64. Они проверены; серверам и setWebhook нужен PEM.",
		},
		Example:  pemConvertedArgs{Items: []pemItem{{File: "bot.p7b", Format: "der-pkcs7"}}, Certificates: 2, Arranged: true},
		Check:    checkPemConverted,
		Remedies: remedy.List(remedy.OpenSSLChainPEM, remedy.OpenSSLConvert, remedy.KeytoolConvert, remedy.WindowsConvert),
	}
}

// unordered are the formats whose certificates are put in the order of a chain.
var unordered = []certfile.Format{
	certfile.PKCS7, certfile.DERPKCS7, certfile.PKCS12, certfile.JKS, certfile.JCEKS, certfile.BKS, certfile.Zip, certfile.Tar,
}

func checkPemConverted(f *facts.Facts) *Hit {
	if len(f.Files.Converted) == 0 {
		return nil
	}
	a := pemConvertedArgs{Items: pemItems(f.Files.Converted)}
	for _, i := range f.Files.Converted {
		a.Certificates += i.Certificates
		a.Arranged = a.Arranged || i.Certificates > 1 && slices.Contains(unordered, certfile.Format(i.Format))
	}
	return &Hit{Args: a}
}
