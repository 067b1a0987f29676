package rules

import (
	"hookcheck/checker/facts"
	"hookcheck/internal/lang"
)

type uploadContainsPrivateKeyArgs struct {
	Keys   int    `json:"private_keys"`
	Format string `json:"format"`
}

func ruleUploadContainsPrivateKey() Rule {
	return Rule{
		ID: "upload.contains_private_key", Stage: StageUpload, Rank: 596,
		Severity: Warning, Basis: Documented,
		Sources: []Source{citeSelfSigned(), citeSetWebhook()},
		Title: lang.Text{
			EN: `The uploaded file holds {{plural .Keys "a private key" "private keys" "private keys"}}`,
			RU: `В загруженном файле есть {{plural .Keys "закрытый ключ" "закрытые ключи" "закрытые ключи"}}`,
		},
		Detail: lang.Text{
			EN: `Besides the certificate the file holds {{.Keys}} private {{plural .Keys "key" "keys" "keys"}}. Telegram reads past that, but whoever has received the file can now pose as this server: treat the key as leaked. Make a new key and certificate, install them, and upload the certificate alone. The usual source is openssl pkcs12 without -nokeys, or a web server's joined PEM file. The key was dropped here as soon as the file was read; it is neither kept nor shown.`,
			RU: `Кроме сертификата в файле {{.Keys}} {{plural .Keys "закрытый ключ" "закрытых ключа" "закрытых ключей"}}. Telegram эту часть файла пропустит, но всякий, кто получил файл, теперь может выдать себя за этот сервер: считайте ключ утёкшим. Создайте новый ключ и сертификат, установите их и загрузите один только сертификат. Обычно ключ попадает в файл из openssl pkcs12 без -nokeys или из склеенного PEM веб-сервера. Здесь ключ отброшен сразу при чтении файла: он нигде не сохранён и не показан.`,
		},
		Meaning: lang.Text{
			EN: "A private key stands in the file that is handed to Telegram. Delivery works, and the secret of the server's TLS is out.",
			RU: "В файле, который передают Telegram, лежит закрытый ключ. Доставка работает, но секрет TLS этого сервера раскрыт.",
		},
		Example:  uploadContainsPrivateKeyArgs{Keys: 1, Format: "pem"},
		Check:    checkUploadContainsPrivateKey,
		Remedies: leakedKeyRemedies,
	}
}

func checkUploadContainsPrivateKey(f *facts.Facts) *Hit {
	if !f.Upload.HasKey {
		return nil
	}
	a := uploadContainsPrivateKeyArgs{Keys: 1}
	if u := f.Ev.Upload; u != nil {
		a.Keys, a.Format = max(u.PrivateKeys, 1), shown(u.Format)
	}
	return &Hit{Args: a}
}
