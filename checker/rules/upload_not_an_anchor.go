package rules

import (
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

type uploadNotAnAnchorArgs struct {
	Uploaded  certRef `json:"uploaded"`
	Holds     string  `json:"holds"`      // leaf or intermediate
	Issuer    string  `json:"issuer"`     // of the uploaded certificate
	RootKnown bool    `json:"root_known"` // the file that belongs there is at hand
}

func ruleUploadNotAnAnchor() Rule {
	return Rule{
		ID: "upload.not_an_anchor", Stage: StageUpload, Rank: 592,
		Severity: Blocker, Basis: FromSource,
		Predicted: VerifyFailed, Reporter: ByGetWebhookInfo,
		Sources: []Source{citeGuide("setting-a-verified-webhook-with-an-untrusted-root"), citeNetwork("SslCtx.cpp"), citeOpenSSL()},
		Title: lang.Text{
			EN: `The uploaded file holds {{if eq .Holds "leaf"}}the server's certificate{{else}}an intermediate certificate{{end}} where the root belongs`,
			RU: `Загружен {{if eq .Holds "leaf"}}сертификат сервера{{else}}промежуточный сертификат{{end}}, а нужен корневой`,
		},
		Detail: lang.Text{
			EN: `Uploaded: {{which .Uploaded}}, issued by {{quote .Issuer}}, SHA-256 {{fp .Uploaded.SHA256}}. It is not signed by itself, so it cannot be where the path ends: Telegram's client accepts no partial chains and asks for a self-signed certificate in the uploaded file. {{if .RootKnown}}Upload the root of this chain instead; it is at hand.{{else}}Upload the root of this CA instead; it was neither sent nor found, so get it from whoever runs the CA.{{end}} The server goes on sending its own certificate and the intermediates.`,
			RU: `Загружен {{which .Uploaded}}, издатель {{quote .Issuer}}, SHA-256 {{fp .Uploaded.SHA256}}. Он подписан не самим собой, поэтому путь на нём закончиться не может: неполных цепочек клиент Telegram не принимает и ищет в загруженном файле самоподписанный сертификат. {{if .RootKnown}}Загрузите вместо него корневой сертификат этой цепочки, он здесь есть.{{else}}Загрузите вместо него корневой сертификат этого УЦ; он не прислан и не найден — возьмите его у того, кто ведёт УЦ.{{end}} Сервер пусть по-прежнему присылает свой сертификат и промежуточные.`,
		},
		Meaning: lang.Text{
			EN: "The chain comes from a CA that is not public, and the server's certificate or an intermediate was uploaded in place of its root. Only a self-signed certificate can end the path.",
			RU: "Цепочка выпущена непубличным УЦ, а вместо его корневого сертификата загружен сертификат сервера или промежуточный. Путь может закончиться только на самоподписанном сертификате.",
		},
		Example: uploadNotAnAnchorArgs{
			Uploaded: exampleAt(exampleLeaf(), -1), Holds: "leaf", Issuer: exampleLeaf().Issuer, RootKnown: true,
		},
		Check:    checkUploadNotAnAnchor,
		Remedies: remedy.List(remedy.TelegramUploadRoot, remedy.CertbotPublicCA),
	}
}

func checkUploadNotAnAnchor(f *facts.Facts) *Hit {
	ft := f.Chain.Fault(facts.UploadNotAnAnchor)
	if ft == nil {
		return nil
	}
	a := uploadNotAnAnchorArgs{Uploaded: refTo(ft.Cert, -1), Holds: ft.Detail, RootKnown: f.Upload.NeededPEM != ""}
	a.Issuer = a.Uploaded.Issuer
	return &Hit{Args: a, Predicted: f.Chain.Predicted(ft)}
}
