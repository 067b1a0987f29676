package rules

import (
	"hookcheck/checker/evidence"
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

type pemKeyUnreadArgs struct {
	Key    string `json:"key"`
	Reason string `json:"reason"` // see evidence: none, locked, damaged, costly, putty, unsupported
}

func rulePemKeyUnread() Rule {
	return Rule{
		ID: "pem.key_unread", Stage: StageCertificate, Rank: 791,
		Severity: Warning, Basis: Observed,
		Sources: []Source{citeRFC(7468, "10"), citeRFC(5958, "")},
		Title: lang.Text{
			EN: `Whether the key in {{.Key}} belongs to the certificate is not known`,
			RU: `Подходит ли ключ из {{.Key}} к сертификату, неизвестно`,
		},
		Detail: lang.Text{
			EN: `{{if eq .Reason "none"}}There is no private key in {{.Key}}.{{else if eq .Reason "locked"}}{{.Key}} is encrypted and the password does not open it: give it with --password.{{else if eq .Reason "damaged"}}{{.Key}} holds a private key that cannot be read: it is damaged or cut off.{{else if eq .Reason "putty"}}{{.Key}} is in the form of PuTTY (.ppk), which no web server reads either. puttygen {{.Key}} -O private-openssh -o bot.key writes the key as the server wants it; give that file.{{else if eq .Reason "costly"}}The password of {{.Key}} costs more rounds of key derivation than are spent here.{{else}}{{.Key}} holds a key of a kind or in a form that cannot be compared here; RSA, EC on the NIST curves, and Ed25519 can, in PEM, DER, OpenSSH form, PKCS#12 and Java keystores.{{end}} The certificates were judged without it.`,
			RU: `{{if eq .Reason "none"}}В {{.Key}} нет закрытого ключа.{{else if eq .Reason "locked"}}Ключ в {{.Key}} зашифрован, и пароль не подходит: укажите его флагом --password.{{else if eq .Reason "damaged"}}Закрытый ключ в {{.Key}} не читается: он повреждён или обрезан.{{else if eq .Reason "putty"}}{{.Key}} — ключ в форме PuTTY (.ppk), которую не читает и веб-сервер. puttygen {{.Key}} -O private-openssh -o bot.key запишет ключ в нужном серверу виде; передайте этот файл.{{else if eq .Reason "costly"}}Проверка пароля к {{.Key}} требует больше итераций вывода ключа, чем здесь допускается.{{else}}В {{.Key}} ключ такого вида или в такой форме, что сравнить его здесь нельзя; сравниваются RSA, EC на кривых NIST и Ed25519 в PEM, DER, форме OpenSSH, PKCS#12 и хранилищах Java.{{end}} Сертификаты проверены без него.`,
		},
		Meaning: lang.Text{
			EN: "The local file given with --key holds no key that can be compared with the certificate.",
			RU: "В локальном файле из --key нет ключа, который можно сравнить с сертификатом.",
		},
		Example:  pemKeyUnreadArgs{Key: "bot.key", Reason: "locked"},
		Check:    checkPemKeyUnread,
		Remedies: remedy.List(remedy.OpenSSLKeyMatch),
	}
}

func checkPemKeyUnread(f *facts.Facts) *Hit {
	k := f.Files.Key
	if k == nil || k.Outcome == evidence.KeyRead {
		return nil
	}
	return &Hit{Args: pemKeyUnreadArgs{Key: shown(k.Name), Reason: k.Outcome}}
}
