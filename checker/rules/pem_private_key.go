package rules

import (
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

type pemPrivateKeyArgs struct {
	Keys  int       `json:"private_keys"`
	Items []pemItem `json:"items"`
	Alone bool      `json:"alone"` // no certificate was given
}

func rulePemPrivateKey() Rule {
	return Rule{
		ID: "pem.private_key", Stage: StageCertificate, Rank: 796,
		Severity: Blocker, Basis: Documented, Reporter: BySetWebhook,
		Sources: []Source{citeSelfSigned(), citeRFC(7468, "10"), citeRFC(5958, "")},
		Title: lang.Text{
			EN: `{{plural .Keys "A private key was given: it is refused" "Private keys were given: they are refused" "Private keys were given: they are refused"}}`,
			RU: `{{plural .Keys "Передан закрытый ключ: он не принимается" "Переданы закрытые ключи: они не принимаются" "Переданы закрытые ключи: они не принимаются"}}`,
		},
		Detail: lang.Text{
			EN: `Found: {{pemplaces .Items}}. A private key belongs on the server and nowhere else; a check needs certificates alone. It was dropped as soon as it was recognised: it is not kept, logged or shown. If the file has travelled over a network (an upload, a mail, a chat), treat the key as exposed: make a new key, have the certificate reissued and the old one revoked. {{if .Alone}}Give the certificate in its place: the file that begins with -----BEGIN CERTIFICATE-----, such as fullchain.pem.{{else}}The certificates beside it were judged all the same; give them without the key next time.{{end}} To see whether a key belongs to a certificate, run hookcheck pem --key FILE on the machine where the key lies: it reads the key there and sends it nowhere.`,
			RU: `Найдено: {{pemplaces .Items}}. Закрытому ключу место на сервере и больше нигде; для проверки нужны только сертификаты. Ключ отброшен сразу, как только опознан: он не сохранён, не записан в журнал и не показан. Если файл передавали по сети (форма, почта, чат), считайте ключ раскрытым: создайте новый ключ, перевыпустите сертификат, а старый отзовите. {{if .Alone}}Вместо ключа нужен сертификат: файл, который начинается с -----BEGIN CERTIFICATE-----, например fullchain.pem.{{else}}Сертификаты из того же файла всё же проверены; в следующий раз передавайте их без ключа.{{end}} Подходит ли ключ к сертификату, покажет hookcheck pem --key FILE на той машине, где лежит ключ: ключ читается на месте и никуда не отправляется.`,
		},
		Meaning: lang.Text{
			EN: "A file that was given for a check holds a private key, in whatever form. Whoever has the key can pose as the server, so it is refused and dropped.",
			RU: "В файле, переданном для проверки, есть закрытый ключ в том или ином виде. Владелец ключа может выдать себя за сервер, поэтому ключ не принимается и отбрасывается.",
		},
		Example:  pemPrivateKeyArgs{Keys: 1, Items: []pemItem{examplePemItem("private_key", "")}},
		Check:    checkPemPrivateKey,
		Remedies: remedy.List(remedy.OtherKeyOnly, remedy.OpenSSLStripKey, remedy.OpenSSLNewKey),
	}
}

func checkPemPrivateKey(f *facts.Facts) *Hit {
	if len(f.Files.Keys) == 0 {
		return nil
	}
	return &Hit{Args: pemPrivateKeyArgs{Keys: len(f.Files.Keys), Items: pemItems(f.Files.Keys), Alone: nothingElse(f)}}
}
