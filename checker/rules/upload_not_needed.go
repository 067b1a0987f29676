package rules

import (
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

type uploadNotNeededArgs struct {
	Uploaded []certRef `json:"uploaded"`
	Leaf     certRef   `json:"leaf"`
	Root     certRef   `json:"root"` // the public root of the chain
	RootSeen bool      `json:"root_seen"`
	Host     string    `json:"host"`
}

func ruleUploadNotNeeded() Rule {
	return Rule{
		ID: "upload.not_needed", Stage: StageUpload, Rank: 590,
		Severity: Blocker, Basis: FromSource,
		Predicted: VerifyFailed, Reporter: ByGetWebhookInfo,
		Sources: []Source{citeNetwork("SslCtx.cpp"), citeGuide("how-do-i-set-a-webhook-for-either-type"), citeSetWebhook()},
		Title: lang.Text{
			EN: `A certificate was uploaded that must not be: the CA is a public one`,
			RU: `Загружен лишний сертификат: УЦ здесь публичный`,
		},
		Detail: lang.Text{
			EN: `Uploaded with setWebhook: {{with .Uploaded}}{{whiches .}}{{else}}a file{{end}}. The server presents {{quote .Leaf.Subject}}, issued by {{quote .Leaf.Issuer}}{{if .RootSeen}}, whose root {{quote .Root.Subject}} is in Telegram's own list{{end}}. The uploaded file takes the place of that list: nothing else is trusted, and the path must end at a self-signed certificate in the file, which neither the server's certificate nor an intermediate is. Set the webhook again with an empty certificate field, without a file: that takes the upload back.`,
			RU: `В setWebhook загружено: {{with .Uploaded}}{{whiches .}}{{else}}файл{{end}}. Сервер предъявляет {{quote .Leaf.Subject}}, издатель {{quote .Leaf.Issuer}}{{if .RootSeen}}, и корневой сертификат {{quote .Root.Subject}} есть в собственном списке Telegram{{end}}. Загруженный файл заменяет этот список: больше ничему доверия нет, а путь должен закончиться самоподписанным сертификатом из файла — ни сертификат сервера, ни промежуточный таким не является. Установите вебхук заново с пустым полем certificate, без файла: так загрузка отменяется.`,
		},
		Meaning: lang.Text{
			EN: "The server has a certificate of a public CA, and a file was uploaded all the same, which does not hold the root of that CA. Without the upload Telegram would accept the chain; with it, it trusts the file alone. It is the commonest fault of all.",
			RU: "У сервера сертификат публичного УЦ, но в setWebhook всё же загружен файл, и корневого сертификата этого УЦ в нём нет. Без загрузки Telegram принял бы цепочку, а с ней доверяет только файлу. Это самая частая ошибка из всех.",
		},
		Example: uploadNotNeededArgs{
			Uploaded: []certRef{exampleAt(exampleLeaf(), -1)}, Leaf: exampleLeaf(), Root: exampleRoot(), RootSeen: true, Host: "bot.example.org",
		},
		Check: checkUploadNotNeeded,
		Remedies: func(p *remedy.Params) []remedy.Remedy {
			return listed(p, these(remedy.TelegramClearCertificate), otherCalls())
		},
	}
}

func checkUploadNotNeeded(f *facts.Facts) *Hit {
	if f.Chain.Fault(facts.UploadNotNeeded) == nil {
		return nil
	}
	a := uploadNotNeededArgs{Uploaded: uploadedRefs(f), Leaf: leafRef(f), Host: f.Host}
	if f.Chain.Root != nil {
		a.Root, a.RootSeen = refTo(f.Chain.Root, positionOf(f, f.Chain.Root)), true
	}
	return &Hit{Args: a}
}
