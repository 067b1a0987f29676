package rules

import (
	"hookcheck/checker/certfile"
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

type pemPasswordArgs struct {
	Items []pemItem `json:"items"`
	Open  bool      `json:"open"`    // it was read all the same
	Zip   bool      `json:"archive"` // an encrypted archive, which no password opens here
	Wrong bool      `json:"wrong"`   // a password was given, and it does not open it
}

func rulePemPassword() Rule {
	return Rule{
		ID: "pem.password", Stage: StageCertificate, Rank: 589,
		Severity: Blocker, Basis: Observed, Undecided: true, Reporter: BySetWebhook,
		Sources: []Source{citeSetWebhook(), citeRFC(7292, "4")},
		Title: lang.Text{
			EN: `{{if .Open}}The password does not fit the keystore ({{pemplace .Items}}){{else if .Zip}}An encrypted archive is not opened ({{pemplace .Items}}){{else if .Wrong}}The password does not open the container ({{pemplace .Items}}){{else}}A password is needed ({{pemplace .Items}}){{end}}`,
			RU: `{{if .Open}}Пароль не подходит к хранилищу ключей ({{pemplace .Items}}){{else if .Zip}}Зашифрованный архив не открывается ({{pemplace .Items}}){{else if .Wrong}}Пароль не открывает контейнер ({{pemplace .Items}}){{else}}Нужен пароль ({{pemplace .Items}}){{end}}`,
		},
		Detail: lang.Text{
			EN: `{{pemplaces .Items}}. {{if .Open}}The certificates of a Java keystore are not encrypted and were read; whether the file was changed since it was written cannot be told without its password.{{else if .Zip}}Unpack the archive with its password on your own machine and give the certificates in it, without the key.{{else}}{{if .Wrong}}The password that was given and the empty one were tried; a damaged container looks the same. Mind capitals, the keyboard's layout and spaces at the ends, give the right one{{else}}The empty password was tried. Give the password{{end}} with --password (in a form or a call: password), or convert the container to PEM without its key on the machine where it lies and give that: nothing secret travels then.{{end}}`,
			RU: `{{pemplaces .Items}}. {{if .Open}}Сертификаты в хранилище Java не зашифрованы и прочитаны; изменён ли файл после записи, без пароля узнать нельзя.{{else if .Zip}}Распакуйте архив с его паролем на своей машине и передайте сертификаты из него, без ключа.{{else}}{{if .Wrong}}Пробовались указанный пароль и пустой; повреждённый контейнер выглядит так же. Проверьте регистр, раскладку и пробелы по краям, укажите верный пароль{{else}}Пробовался пустой пароль. Укажите пароль{{end}} флагом --password (в форме и в запросе — password) либо на той же машине преобразуйте контейнер в PEM без ключа и передайте результат: тогда ничего секретного не передаётся.{{end}}`,
		},
		Meaning: lang.Text{
			EN: "A PKCS#12 container or an archive is encrypted and no password at hand opens it, or a given password does not fit a Java keystore.",
			RU: "Контейнер PKCS#12 или архив зашифрован, и ни один известный пароль не подходит, либо указанный пароль не сходится с хранилищем Java.",
		},
		Example:  pemPasswordArgs{Items: []pemItem{{File: "bot.p12", Format: "pkcs12", Block: 1, Kind: "pkcs12", Problem: "password"}}},
		Check:    checkPemPassword,
		Remedies: remedy.List(remedy.OpenSSLConvert, remedy.KeytoolConvert, remedy.WindowsConvert),
	}
}

func checkPemPassword(f *facts.Facts) *Hit {
	if len(f.Files.Locked) > 0 {
		problem := f.Files.Locked[0].Problem
		return &Hit{Args: pemPasswordArgs{Items: pemItems(f.Files.Locked), Zip: problem == string(certfile.ProblemLockedZip), Wrong: problem == string(certfile.ProblemWrong)}}
	}
	if len(f.Files.Unchecked) > 0 {
		return &Hit{Args: pemPasswordArgs{Items: pemItems(f.Files.Unchecked), Open: true}, Severity: Notice}
	}
	return nil
}
