package rules

import (
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

type chainIntermediateMissingArgs struct {
	Below      certRef  `json:"below"`  // the last certificate that could be reached
	Wanted     string   `json:"wanted"` // the issuer that it names
	KeyID      string   `json:"key_id,omitempty"`
	AIA        []string `json:"aia"`
	Sent       int      `json:"sent"`
	Fetch      string   `json:"fetch"`      // why it could not be fetched, see evidence.Fetched; "" where it was not tried
	Found      bool     `json:"found"`      // the missing certificate was fetched
	Repairable bool     `json:"repairable"` // a whole chain could be built
}

func ruleChainIntermediateMissing() Rule {
	return Rule{
		ID: "chain.intermediate_missing", Stage: StageChain, Rank: 610,
		Severity: Blocker, Basis: Documented,
		Predicted: VerifyFailed, Reporter: ByGetWebhookInfo,
		Sources: []Source{citeGuide("supplying-an-intermediate-certificate"), citeNetwork("SslCtx.cpp"), citeRFC(5280, "6.1")},
		Title: lang.Text{
			EN: `An intermediate certificate is missing: the server does not send {{quote .Wanted}}`,
			RU: `Не хватает промежуточного сертификата: сервер не присылает {{quote .Wanted}}`,
		},
		Detail: lang.Text{
			EN: `{{if eq .Sent 1}}The server sends its own certificate alone, {{which .Below}}{{else}}Of the {{.Sent}} certificates that the server sends the chain stops at {{which .Below}}{{end}}. Its issuer is {{quote .Wanted}}{{if .KeyID}} (key identifier {{.KeyID}}){{end}}, and that certificate is not among those sent. ` +
				`Telegram puts the chain together from what the server sends and from its own list of roots; it does not fetch a missing link{{with .AIA}}, although the certificate says where it lies ({{list .}}){{end}}. ` +
				`A browser fetches it itself, or knows it from another site, and so hides the fault. ` +
				`{{if .Repairable}}The whole chain, in the right order, is at hand: install it in place of the present file.{{else if .Found}}The missing certificate was found, but not everything above it.{{else}}The missing certificate could not be obtained here{{with fetchtrouble .Fetch}} ({{.}}){{end}}; the CA that issued yours offers it. If that CA is your own, its root must be uploaded with setWebhook besides.{{end}}`,
			RU: `{{if eq .Sent 1}}Сервер присылает только собственный сертификат {{which .Below}}{{else}}Из присланных сервером сертификатов ({{.Sent}}) цепочка обрывается на {{which .Below}}{{end}}. Его издатель — {{quote .Wanted}}{{if .KeyID}} (идентификатор ключа {{.KeyID}}){{end}}, но этого сертификата среди присланных нет. ` +
				`Telegram собирает цепочку из того, что прислал сервер, и своего списка корневых сертификатов и недостающее звено не скачивает{{with .AIA}}, хотя его адрес в сертификате указан ({{list .}}){{end}}. ` +
				`Браузер скачивает его сам или помнит с другого сайта — поэтому в браузере ошибки не видно. ` +
				`{{if .Repairable}}Полная цепочка в правильном порядке готова: установите её вместо нынешнего файла.{{else if .Found}}Недостающий сертификат нашёлся, но не всё, что выше него.{{else}}Получить недостающий сертификат отсюда не удалось{{with fetchtrouble .Fetch}} ({{.}}){{end}}: возьмите его у УЦ, выпустившего ваш сертификат. Если это ваш собственный УЦ, его корневой сертификат нужно ещё и передать в setWebhook.{{end}}`,
		},
		Meaning: lang.Text{
			EN: "The server sends its own certificate without an intermediate one that leads from it to a root. Telegram's client never downloads what is missing, so it cannot tell who vouches for the server; browsers download it and show no fault.",
			RU: "Сервер присылает свой сертификат без промежуточного, который ведёт от него к корневому. Клиент Telegram никогда не скачивает недостающее и потому не может установить, кто ручается за сервер; браузеры скачивают и ошибки не показывают.",
		},
		Example: chainIntermediateMissingArgs{
			Below: exampleLeaf(), Wanted: exampleIntermediate().Subject,
			AIA: []string{"http://ca.example.net/intermediate.der"}, Sent: 1, Found: true, Repairable: true,
		},
		Check: checkChainIntermediateMissing,
		Remedies: remedy.List(
			remedy.OtherRussianRoot, remedy.OtherCloudflareOrigin,
			remedy.NginxFullchain, remedy.ApacheFullchain, remedy.ApacheChainFile, remedy.HAProxyPEM,
			remedy.CaddyFullchain, remedy.CertbotFullchain, remedy.JavaFullchain, remedy.KeytoolImport, remedy.NodeFullchain,
			remedy.PythonFullchain, remedy.OpenSSLFullchain, remedy.OpenSSLFetchIntermediate, remedy.PanelCABundle,
		),
	}
}

func checkChainIntermediateMissing(f *facts.Facts) *Hit {
	ft := f.Chain.Fault(facts.IntermediateMissing)
	if ft == nil {
		return nil
	}
	a := chainIntermediateMissingArgs{
		Below: refOf(ft), Wanted: shown(ft.Detail), AIA: []string{},
		Sent: len(f.Chain.Presented), Repairable: f.Chain.Corrected != nil,
	}
	if len(f.Chain.Missing) > 0 {
		m := f.Chain.Missing[0]
		a.KeyID, a.AIA, a.Found = shown(m.KeyID), allShown(m.AIA), m.Cert != nil
		if a.Wanted == "" {
			a.Wanted = shown(m.Subject)
		}
	}
	if a.Wanted == "" {
		a.Wanted = a.Below.Issuer
	}
	for _, x := range f.Ev.Fetched {
		if a.Fetch = x.Error; a.Fetch == "" {
			a.Fetch = "other"
		}
	}
	return &Hit{Args: a, Predicted: f.Chain.Predicted(ft)}
}

// fetchTrouble says why a missing certificate could not be fetched.
func fetchTrouble(l lang.Lang, code string) string { return fetchTroubles[code].In(l) }

var fetchTroubles = map[string]lang.Text{
	"refused":   {EN: "its address refuses the connection", RU: "по его адресу соединение отклоняется"},
	"timeout":   {EN: "its address does not answer in time", RU: "его адрес не отвечает вовремя"},
	"forbidden": {EN: "its address, or where that leads, may not be asked from here", RU: "обращаться отсюда по его адресу или туда, куда он ведёт, нельзя"},
	"status":    {EN: "there is no file at its address", RU: "по его адресу файла нет"},
	"size":      {EN: "what lies at its address is too big for a certificate", RU: "по его адресу лежит нечто слишком большое для сертификата"},
	"format":    {EN: "what lies at its address is no certificate", RU: "по его адресу лежит не сертификат"},
	"resolve":   {EN: "the name in its address does not resolve", RU: "имя в его адресе не находится в DNS"},
	"failed":    {EN: "its address could not be asked", RU: "обратиться по его адресу не удалось"},
	"other":     {EN: "another certificate lies at its address", RU: "по его адресу лежит другой сертификат"},
}
