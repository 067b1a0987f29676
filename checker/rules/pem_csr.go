package rules

import (
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

type pemCSRArgs struct {
	File      string   `json:"file"`
	Requests  int      `json:"requests"` // of all files
	Subject   string   `json:"subject"`
	Names     []string `json:"names"` // that would count for Telegram
	Key       string   `json:"key"`
	Weak      bool     `json:"weak_key"`
	Signature string   `json:"signature"` // good, bad, unknown, unread
	Judged    bool     `json:"judged"`    // a host was given
	Covers    bool     `json:"covers"`
	Host      string   `json:"host"`
	LocalKey  string   `json:"local_key"` // own, other, or "" where none was given
}

func rulePemCSR() Rule {
	return Rule{
		ID: "pem.csr", Stage: StageCertificate, Rank: 787,
		Severity: Notice, Basis: Documented,
		Sources: []Source{citeSelfSigned(), citeRFC(2986, "4"), citeRFC(7468, "7")},
		Title: lang.Text{
			EN: `A signing request (CSR), not a certificate{{if .Names}}: one made from it would cover {{few .Names}}{{end}}{{if eq .LocalKey "own"}}; the local key belongs to it{{else if eq .LocalKey "other"}}; the local key does not belong to it{{end}}`,
			RU: `Запрос (CSR), а не сертификат{{if .Names}}: сертификат по нему подошёл бы для {{few .Names}}{{end}}{{if eq .LocalKey "own"}}; локальный ключ к нему подходит{{else if eq .LocalKey "other"}}; локальный ключ к нему не подходит{{end}}`,
		},
		Detail: lang.Text{
			EN: `{{.File}} holds a request for a certificate{{with .Subject}} with the subject {{quote .}}{{end}}{{with .Key}}, key {{.}}{{end}}.{{if .Weak}} That key is too weak: Telegram's client refuses RSA below 2048 bits; make a new key and a new request.{{end}} {{if eq .Signature "good"}}Its signature is good: whoever made it holds the key.{{else if eq .Signature "bad"}}Its signature does not verify: no CA will take it.{{else if eq .Signature "unknown"}}Its signature is of a kind that is not checked here.{{else}}It could not be read further.{{end}} {{if ne .Signature "unread"}}{{if .Names}}As a webhook certificate this request would cover {{list .Names}}{{if .Judged}}{{if .Covers}}, and with that {{.Host}}{{else}}, but not {{.Host}}{{end}}{{end}}.{{else}}As a webhook certificate this request would cover no name at all: it has no DNS name, no IP address and no common name.{{end}}{{end}}{{if eq .LocalKey "own"}} The local key belongs to it.{{else if eq .LocalKey "other"}} The local key does not belong to it: a certificate made from this request would not go with that key.{{end}} A CA, or openssl x509 -req with your own key, makes a certificate of it; that certificate is what a server presents and setWebhook takes.`,
			RU: `В {{.File}} — запрос на сертификат{{with .Subject}}, subject {{quote .}}{{end}}{{with .Key}}, ключ {{.}}{{end}}.{{if .Weak}} Этот ключ слишком слаб: клиент Telegram отвергает RSA короче 2048 бит; создайте новый ключ и новый запрос.{{end}} {{if eq .Signature "good"}}Подпись верна: ключ у того, кто составил запрос.{{else if eq .Signature "bad"}}Подпись не сходится: такой запрос не примет ни один УЦ.{{else if eq .Signature "unknown"}}Подписи такого вида здесь не проверяются.{{else}}Прочитать его дальше не удалось.{{end}} {{if ne .Signature "unread"}}{{if .Names}}Сертификат для вебхука, выпущенный по этому запросу, подошёл бы для {{list .Names}}{{if .Judged}}{{if .Covers}}, а значит, и для {{.Host}}{{else}}, но не для {{.Host}}{{end}}{{end}}.{{else}}Сертификат по этому запросу не подошёл бы ни для одного имени: в нём нет ни DNS-имени, ни IP-адреса, ни common name.{{end}}{{end}}{{if eq .LocalKey "own"}} Локальный ключ подходит к нему.{{else if eq .LocalKey "other"}} Локальный ключ к нему не подходит: сертификат по этому запросу с таким ключом работать не будет.{{end}} Сертификат по запросу выпускает УЦ или openssl x509 -req с вашим ключом; его и предъявляет сервер, его и принимает setWebhook.`,
		},
		Meaning: lang.Text{
			EN: "A file holds a certificate signing request (CSR). It shows which names a certificate made from it would cover; it cannot be presented or uploaded itself.",
			RU: "В файле запрос на сертификат (CSR). По нему видно, для каких имён подошёл бы выпущенный по нему сертификат; сам запрос нельзя ни предъявить, ни загрузить.",
		},
		Example: pemCSRArgs{
			File: "bot.csr", Requests: 1, Subject: "CN=bot.example.org", Names: []string{"bot.example.org"}, Key: "RSA 2048",
			Signature: "good", Judged: true, Covers: true, Host: "bot.example.org",
		},
		Check:    checkPemCSR,
		Remedies: remedy.List(remedy.OtherCSR),
	}
}

func checkPemCSR(f *facts.Facts) *Hit {
	if len(f.Files.Requests) == 0 {
		return nil
	}
	q := f.Files.Requests[0]
	return &Hit{Args: pemCSRArgs{
		File: shown(q.File), Requests: len(f.Files.Requests), Subject: shown(q.Subject), Names: allShown(q.Names), Key: shown(q.Key),
		Signature: q.Signature, Judged: q.Judged, Covers: q.Covers, Host: shown(f.Host), Weak: q.Weak, LocalKey: q.LocalKey,
	}}
}
